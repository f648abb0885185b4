package dev.voxlog.tts.text;

import java.util.List;
import java.util.stream.Collectors;

/// A stretch of a sentence that is synthesised in one go; it always has something to say.
public record SpokenClause(List<SpokenWord> words) {
  public SpokenClause {
    words = List.copyOf(words);
    if (words.stream().allMatch(word -> word.count() == 0)) {
      throw new IllegalArgumentException("a clause needs at least one spoken word");
    }
  }

  /// What follows the clause.
  public Break after() {
    return words.getLast().after();
  }

  /// The words to say with their punctuation, for engines that read text.
  public String spokenText() {
    return words.stream()
        .filter(word -> !word.spoken().isEmpty())
        .map(word -> String.join(" ", word.spoken()) + word.after().mark())
        .collect(Collectors.joining(" "))
        .replace(" ,", ",");
  }

  /// How many words are said.
  public int count() {
    return words.stream().mapToInt(SpokenWord::count).sum();
  }
}
