package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts text into clauses to synthesise one after the other, the first of each sentence short so
/// that it is heard soon. A sentence is cut the same way alone and among others.
///
/// A cut falls only between spoken words as the normaliser made them, so never inside an amount, a
/// date or an id. Where punctuation leaves too long a stretch it falls before a word that starts a
/// phrase, in a sentence's first clause also between an id and the word that names it: an id is
/// slow to say.
public final class ClauseSplitter {
  private static final int FIRST_SHORTEST = 3;
  private static final int FIRST_LONGEST = 7;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 18;
  private static final Set<String> PHRASE_STARTS =
      Set.of(
          "and", "but", "or", "because", "so", "if", "when", "while", "which", "who", "that",
          "with", "for", "from", "to", "on", "at", "by", "before", "after", "until", "within");

  private ClauseSplitter() {}

  /// The clauses of a normalised sentence; none if it has nothing to say.
  public static List<SpokenClause> split(List<SpokenWord> words) {
    List<SpokenClause> clauses = new ArrayList<>();
    int from = 0;
    while (from < words.size()) {
      boolean isFirst = from == 0 || words.get(from - 1).after().endsSentence();
      int to = end(words, from, isFirst);
      List<SpokenWord> part = words.subList(from, to);
      if (part.stream().anyMatch(word -> word.count() > 0)) {
        clauses.add(new SpokenClause(part));
      }
      from = to;
    }
    return clauses;
  }

  /// Normalises, then splits.
  public static List<SpokenClause> split(String sentence) {
    return split(TextNormalizer.normalize(sentence));
  }

  private static int end(List<SpokenWord> words, int from, boolean isFirst) {
    int shortest = isFirst ? FIRST_SHORTEST : SHORTEST;
    int longest = isFirst ? FIRST_LONGEST : LONGEST;
    int said = 0;
    int phrase = -1;
    for (int i = from; i < words.size(); i++) {
      if (said >= shortest
          && (startsPhrase(words.get(i)) || isFirst && startsId(words, i))
          && (said <= longest || phrase < 0)
          && remaining(words, i) >= SHORTEST) {
        phrase = i;
      }
      said += words.get(i).count();
      if (said > longest && phrase >= 0) {
        return phrase;
      }
      boolean isBreak = words.get(i).after() != Break.NONE;
      boolean endsSentence = words.get(i).after().endsSentence();
      if (endsSentence || isBreak && said >= shortest && remaining(words, i + 1) >= SHORTEST) {
        return i + 1;
      }
    }
    return words.size();
  }

  private static boolean startsPhrase(SpokenWord word) {
    return !word.spoken().isEmpty() && PHRASE_STARTS.contains(word.spoken().getFirst());
  }

  /// Whether figures read one by one start here, after the word that names them: "order | 48213".
  /// After any other word ("it is | 48213") a pause garbles the words before it.
  private static boolean startsId(List<SpokenWord> words, int at) {
    if (at == 0
        || words.get(at - 1).spoken().isEmpty()
        || !CodeRules.namesAnId(words.get(at - 1).spoken().getLast())) {
      return false;
    }
    List<String> said =
        words.stream()
            .skip(at)
            .takeWhile(SpokenWord::isSpelled)
            .flatMap(word -> word.spoken().stream())
            .toList();
    return said.size() >= SHORTEST && said.stream().anyMatch(NumberWords::isDigit);
  }

  /// Words left up to the end of the sentence, so that no scrap is left over.
  private static int remaining(List<SpokenWord> words, int from) {
    int said = 0;
    for (int i = from; i < words.size(); i++) {
      said += words.get(i).count();
      if (words.get(i).after().endsSentence()) {
        break;
      }
    }
    return said;
  }
}
