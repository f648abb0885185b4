package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Web and e-mail addresses, said so that they can be written down.
final class WebRules {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String HOST =
      "(?:"
          + LABEL
          + "\\.)+(?:com|org|net|edu|gov|io|dev|app|info|co\\.uk|co|us|uk|ca|eu|ai|me|shop|example)";
  private static final Pattern PART = Pattern.compile("[A-Za-z]+|\\d+|[.@/_+~-]");

  private WebRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of("[A-Za-z0-9._%+-]+@" + HOST, (match, _) -> parts(match.group())),
        Rule.of(
            "(?:https?://)?(?:www\\.)?(" + HOST + "(?:/[\\w~/.-]*[\\w~/-])?)",
            (match, _) -> parts(match.group(1).replaceFirst("/$", ""))));
  }

  private static List<String> parts(String address) {
    List<String> words = new ArrayList<>();
    Matcher part = PART.matcher(address);
    while (part.find()) {
      String text = part.group();
      switch (text.charAt(0)) {
        case '.' -> words.add("dot");
        case '@' -> words.add("at");
        case '/' -> words.add("slash");
        case '-' -> words.add("dash");
        case '_' -> words.add("underscore");
        case '+' -> words.add("plus");
        case '~' -> words.add("tilde");
        default -> words.addAll(label(text));
      }
    }
    return words;
  }

  private static List<String> label(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return NumberWords.digits(text);
    }
    boolean isWord = text.length() > 3 || text.matches("com|org|net|gov|app|dev|shop|me|the|co|my");
    return isWord && Acronyms.isPronounceable(text)
        ? List.of(Letters.plain(text))
        : Letters.spelled(text);
  }
}
