package dev.voxlog.llm.dialogue;

import java.util.regex.Pattern;

/// Whether the caller means all there is: "all of it", "the whole amount".
final class AllOfIt {
  private static final Pattern SAID =
      Pattern.compile(
          "\\b(?:all of (?:it|that|them)|it all|everything|in full|(?:the )?(?:whole|full|entire|total) (?:amount|sum|bill|balance|thing|lot|price)"
              + "|the (?:whole|total|balance|lot|rest)|all (?:that's|that is|there is) ?(?:open|left|due)?"
              + "|what(?:'s| is|ever is) (?:open|left|due|owed)|(?:what|everything|all) i owe)\\b");
  private static final Pattern NOT_ALL =
      Pattern.compile(
          "\\b(?:not|never|isn't|don't|can't|cannot|won't|half|part|some|but|except|how|what(?:'s| is) the|is (?:the|that|it))\\b");

  private AllOfIt() {}

  static boolean isSaid(Said said) {
    String words = said.words();
    return SAID.matcher(words).find()
        && !NOT_ALL.matcher(words).find()
        && !said.text().strip().endsWith("?");
  }
}
