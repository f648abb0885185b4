package dev.voxlog.nlu;

import dev.voxlog.nlu.entities.NumberWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The form of an utterance that the classifier sees: lower case, no punctuation, every run of digits or number words as one
/// placeholder, so that ids do not move the vector.
final class SpokenForm {
  private static final String NUMBER = "number";

  private SpokenForm() {}

  static String of(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9' ]+", " ").trim().split("\\s+")) {
      boolean isNumber = word.chars().anyMatch(Character::isDigit) || isNumberWord(word);
      if (!isNumber) {
        words.add(word);
      } else if (words.isEmpty() || !words.getLast().equals(NUMBER)) {
        words.add(NUMBER);
      }
    }
    return String.join(" ", words);
  }

  /// "one" alone is as often a pronoun; it does not count.
  private static boolean isNumberWord(String word) {
    return !word.equals("one") && NumberWords.isNumber(word);
  }
}
