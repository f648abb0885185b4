package dev.voxlog.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word, a number in digits of any script, or a currency or percent sign, in lower case, with its
/// place in the text.
public record Token(String text, int start, int end) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\d{1,2}:\\d{2}|\\d{1,2}(?:st|nd|rd|th)\\b|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?"
              + "|[a-z]+(?:'[a-z]+)?(?:\\.[a-z]\\.?)?|[$€£%/]");

  /// The tokens of a text, in order; punctuation is none.
  public static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(plain(text));
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
    }
    return tokens;
  }

  /// In small letters and the figures of English. Each character by itself, for in a whole text
  /// some become two, and all places after them move.
  private static String plain(String text) {
    char[] characters = text.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      int digit = Character.digit(characters[i], 10);
      characters[i] = digit < 0 ? Character.toLowerCase(characters[i]) : (char) ('0' + digit);
    }
    return new String(characters);
  }

  public boolean isNumeral() {
    return Character.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> Character.isDigit(c) || c == ',' || c == '.');
  }

  /// Figures and nothing else.
  public boolean isPlainNumeral() {
    return text.chars().allMatch(Character::isDigit);
  }

  /// "8:09", as recognisers also write digits that are spelled.
  public boolean isClock() {
    return text.indexOf(':') > 0;
  }

  public boolean is(String... words) {
    for (String word : words) {
      if (text.equals(word)) {
        return true;
      }
    }
    return false;
  }
}
