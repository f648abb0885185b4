package dev.voxlog.llm.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What is said of a passage: all of it if that is short, else its best sentence and then those
/// that fit the question too.
final class Excerpt {
  private static final int MOST_SENTENCES = 3;
  private static final int MOST_WORDS = 60;

  private Excerpt() {}

  static List<String> of(Passage passage, List<float[]> vectors, float[] asked) {
    List<String> sentences = passage.sentences();
    if (sentences.size() <= MOST_SENTENCES && words(passage.text()) <= MOST_WORDS) {
      return sentences;
    }
    List<Integer> ranked =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer each) -> KnowledgeIndex.dot(vectors.get(each), asked))
                    .reversed())
            .toList();
    List<Integer> others = new ArrayList<>();
    int best = ranked.getFirst();
    int words = words(sentences.get(best));
    for (int each : ranked.subList(1, ranked.size())) {
      int more = words + words(sentences.get(each));
      if (others.size() < MOST_SENTENCES - 1 && more <= MOST_WORDS) {
        others.add(each);
        words = more;
      }
    }
    List<String> said = new ArrayList<>(List.of(sentences.get(best)));
    others.stream().sorted().map(sentences::get).forEach(said::add);
    return List.copyOf(said);
  }

  private static int words(String text) {
    return text.split("\\s+").length;
  }
}
