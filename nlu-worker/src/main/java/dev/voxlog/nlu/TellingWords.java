package dev.voxlog.nlu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words that hardly anybody says who does not mean an intent: what its examples say again and
/// again, and others do not, and its examples themselves. Likeness of meaning alone is fooled by
/// misheard words; these are not easily misheard into being.
final class TellingWords {
  private static final int OFTEN = 2;
  private static final double SHARE = 0.8;

  private final Set<String> phrases;

  private TellingWords(Set<String> phrases) {
    this.phrases = Set.copyOf(phrases);
  }

  /// Learns from the intent's own examples and those of all others.
  static TellingWords of(List<String> own, List<String> others) {
    Map<String, Integer> here = counts(own);
    Map<String, Integer> elsewhere = counts(others);
    Set<String> phrases = new HashSet<>(own.stream().map(SpokenForm::of).toList());
    here.forEach((phrase, times) -> {
      int all = times + elsewhere.getOrDefault(phrase, 0);
      if (times >= OFTEN && times >= SHARE * all) {
        phrases.add(phrase);
      }
    });
    return new TellingWords(phrases);
  }

  boolean areIn(String text) {
    String words = padded(SpokenForm.of(text));
    return phrases.stream().anyMatch(phrase -> words.contains(padded(phrase)));
  }

  private static String padded(String words) {
    return " " + words + " ";
  }

  private static Map<String, Integer> counts(List<String> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    sentences.forEach(each ->
        phrases(SpokenForm.of(each)).forEach(phrase -> counts.merge(phrase, 1, Integer::sum)));
    return counts;
  }

  /// Single words and pairs, each once.
  private static Set<String> phrases(String sentence) {
    List<String> words = List.of(sentence.split(" "));
    Set<String> phrases = new HashSet<>(words);
    List<String> pairs = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      pairs.add(words.get(i - 1) + " " + words.get(i));
    }
    phrases.addAll(pairs);
    return phrases;
  }
}
