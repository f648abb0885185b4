package dev.voxlog.nlu;

import dev.voxlog.text.NumberWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The form of an utterance that the classifier sees: lower case, no punctuation, every run of
/// digits or number words as one placeholder, so that ids do not move the vector.
final class SpokenForm {
  private static final String NUMBER = "number";

  private SpokenForm() {}

  static String of(String text) {
    List<String> words = new ArrayList<>();
    String[] all =
        text.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replaceAll("[^a-z0-9' ]+", " ")
            .trim()
            .split("\\s+");
    for (int i = 0; i < all.length; i++) {
      boolean isAfterNumber = !words.isEmpty() && words.getLast().equals(NUMBER);
      boolean isBeforeNumber = i + 1 < all.length && isNumber(all[i + 1]);
      if (!isNumber(all[i]) && !(isMaybeNumber(all[i]) && (isAfterNumber || isBeforeNumber))) {
        words.add(all[i]);
      } else if (!isAfterNumber) {
        words.add(NUMBER);
      }
    }
    return String.join(" ", words);
  }

  private static boolean isNumber(String word) {
    return word.chars().anyMatch(Character::isDigit)
        || NumberWords.isNumber(word) && !isMaybeNumber(word);
  }

  /// "one" is as often a pronoun and "oh" a sigh; among numbers they are digits.
  private static boolean isMaybeNumber(String word) {
    return word.equals("one") || word.equals("oh") || word.equals("o");
  }
}
