package dev.voxlog.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The caller's words, stripped of case and punctuation.
record SaidWords(List<String> words) {
  private static final Set<String> COURTESIES =
      Set.of(
          "bye", "goodbye", "thank", "thanks", "you", "okay", "ok", "alright", "right", "all",
          "great", "good", "fine", "perfect", "sure", "yes", "yeah", "very", "much", "so", "a",
          "lot", "for", "your", "help", "have", "nice", "day", "too", "and", "cheers", "take",
          "care");

  SaidWords {
    words = List.copyOf(words);
  }

  static SaidWords of(String text) {
    return new SaidWords(
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  int count() {
    return words.size();
  }

  boolean isOneOf(List<String> phrases) {
    return phrases.stream().anyMatch(phrase -> of(phrase).equals(this));
  }

  /// Nothing but thanks and goodbyes.
  boolean areCourtesies() {
    return !isEmpty() && COURTESIES.containsAll(words);
  }
}
