package dev.voxlog.nlu.entities;

import java.util.Map;

/// The words of English that say a letter, one token each, with the letter in upper case; "" for
/// none.
final class LetterWords {
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("alpha", "A"),
          Map.entry("alfa", "A"),
          Map.entry("bravo", "B"),
          Map.entry("charlie", "C"),
          Map.entry("delta", "D"),
          Map.entry("echo", "E"),
          Map.entry("foxtrot", "F"),
          Map.entry("golf", "G"),
          Map.entry("hotel", "H"),
          Map.entry("india", "I"),
          Map.entry("juliet", "J"),
          Map.entry("juliett", "J"),
          Map.entry("kilo", "K"),
          Map.entry("lima", "L"),
          Map.entry("mike", "M"),
          Map.entry("november", "N"),
          Map.entry("oscar", "O"),
          Map.entry("papa", "P"),
          Map.entry("quebec", "Q"),
          Map.entry("romeo", "R"),
          Map.entry("sierra", "S"),
          Map.entry("tango", "T"),
          Map.entry("uniform", "U"),
          Map.entry("victor", "V"),
          Map.entry("whiskey", "W"),
          Map.entry("whisky", "W"),
          Map.entry("xray", "X"),
          Map.entry("yankee", "Y"),
          Map.entry("zulu", "Z"),
          Map.entry("ay", "A"),
          Map.entry("bee", "B"),
          Map.entry("cee", "C"),
          Map.entry("dee", "D"),
          Map.entry("eff", "F"),
          Map.entry("gee", "G"),
          Map.entry("aitch", "H"),
          Map.entry("jay", "J"),
          Map.entry("kay", "K"),
          Map.entry("ell", "L"),
          Map.entry("pee", "P"),
          Map.entry("queue", "Q"),
          Map.entry("cue", "Q"),
          Map.entry("ess", "S"),
          Map.entry("tee", "T"),
          Map.entry("vee", "V"),
          Map.entry("zee", "Z"),
          Map.entry("zed", "Z"));

  /// Words that recognisers write for letters; they count only among letters and digits.
  private static final Map<String, String> SOUND_ALIKES =
      Map.of(
          "be", "B", "see", "C", "sea", "C", "are", "R", "tea", "T", "you", "U", "why", "Y", "pea",
          "P", "ex", "X");

  private LetterWords() {}

  static String letter(String word) {
    return LETTERS.getOrDefault(word, "");
  }

  static String soundAlike(String word) {
    return SOUND_ALIKES.getOrDefault(word, "");
  }
}
