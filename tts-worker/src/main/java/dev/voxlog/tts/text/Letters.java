package dev.voxlog.tts.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Letters by name, and words cleaned for the voice.
final class Letters {
  private Letters() {}

  /// Each letter as its name, each digit as a word.
  static List<String> spelled(String text) {
    List<String> words = new ArrayList<>();
    for (char c : text.toCharArray()) {
      if (Character.isDigit(c)) {
        words.addAll(NumberWords.digits(String.valueOf(c)));
      } else if (Character.isLetter(c)) {
        words.add(String.valueOf(Character.toUpperCase(c)));
      }
    }
    return words;
  }

  /// Whether a spoken word is a letter's name.
  static boolean isName(String word) {
    return word.length() == 1 && Character.isUpperCase(word.charAt(0));
  }

  /// Lower-case, accents removed, apostrophes straight.
  static String plain(String word) {
    String unaccented = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return unaccented.replace('’', '\'').toLowerCase(Locale.ROOT);
  }

  /// Splits at hyphens into plain words.
  static List<String> words(String hyphenated) {
    return List.of(plain(hyphenated).split("[-\\s]+"));
  }
}
