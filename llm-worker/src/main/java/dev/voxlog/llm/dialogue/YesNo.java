package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import java.util.Optional;
import java.util.regex.Pattern;

/// Yes and no as callers say them.
public enum YesNo {
  YES,
  NO;

  private static final Pattern NEGATED =
      Pattern.compile(
          "(?:no|nope|nah|negative)\\b.*|.*\\b(?:not (?:right|correct|really|now|today|quite|that|it|necessary)|isn't (?:right|correct|it)|wrong|incorrect|no thanks?|no thank you|don't|do not|rather not|never)\\b.*|.*\\b(?:no|nope)$");
  private static final Pattern AFFIRMED =
      Pattern.compile(
          "(?:yes|yeah|yea|yep|yup|ya|yah|sure|okay|ok|correct|right|exactly|absolutely|definitely|affirmative|certainly|please|uh huh|mhm|mm hmm|alright|perfect|great|fine|indeed|true)\\b.*|.*\\b(?:that's (?:right|correct|it|the one|fine|good|great)|that is (?:right|correct|it)|it is|you got it|go ahead|please do|sounds good|i would|i do|that works|yes|yeah|correct)\\b.*");
  private static final Pattern LEADING =
      Pattern.compile("^(?:(?:oh|um|uh|er|ah|well|hm|hmm|so|and|but|actually|hey|hi) )++");
  private static final Pattern UNDECIDED =
      Pattern.compile(
          ".*\\b(?:don't know|do not know|not sure|no idea|maybe|don't have|don't understand)\\b.*");
  private static final int LONGEST = 12;

  /// By the words where they are plain, else by the intent.
  public static Optional<YesNo> of(Said said, Optional<Action> action) {
    String words = LEADING.matcher(said.words() + " ").replaceFirst("").strip();
    if (said.isQuestion() || UNDECIDED.matcher(words).matches()) {
      return Optional.empty();
    }
    if (!words.isEmpty() && said.wordCount() <= LONGEST) {
      if (NEGATED.matcher(words).matches()) {
        return Optional.of(NO);
      }
      if (AFFIRMED.matcher(words).matches()) {
        return Optional.of(YES);
      }
    }
    return action.flatMap(each ->
        switch (each) {
          case YES -> Optional.of(YES);
          case NO -> Optional.of(NO);
          default -> Optional.empty();
        });
  }
}
