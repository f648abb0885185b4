package dev.voxlog.stt.moonshine;

import dev.voxlog.audio.Levels;
import dev.voxlog.schemas.Word;
import dev.voxlog.stt.Recognizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Words with times, estimated: the model gives none, so each word gets a part of the speech by its
/// length in letters.
final class WordTimes {
  private static final int FRAME_MS = 10;
  private static final int FRAME = Recognizer.SAMPLE_RATE * FRAME_MS / 1_000;
  private static final double FLOOR_DBFS = -55;
  private static final double BELOW_LOUDEST = 35;

  private final Vocabulary vocabulary;

  WordTimes(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  List<Word> of(List<Integer> tokens, List<Double> logProbabilities, float[] audio) {
    List<Spelled> spelled = spell(tokens, logProbabilities);
    long[] speech = speechMs(audio);
    double letters = spelled.stream().mapToInt(word -> weight(word.text)).sum();
    List<Word> words = new ArrayList<>();
    double before = 0;
    for (Spelled word : spelled) {
      double after = before + weight(word.text);
      long start = speech[0] + Math.round((speech[1] - speech[0]) * before / letters);
      long end = speech[0] + Math.round((speech[1] - speech[0]) * after / letters);
      words.add(new Word(word.text, start, end, word.confidence, true));
      before = after;
    }
    return words;
  }

  /// A word and the geometric mean of its tokens' probabilities.
  private record Spelled(String text, double confidence) {}

  private List<Spelled> spell(List<Integer> tokens, List<Double> logProbabilities) {
    List<Spelled> words = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= tokens.size(); to++) {
      if (to == tokens.size() || vocabulary.beginsWord(tokens.get(to))) {
        String text = Vocabulary.modern(vocabulary.raw(tokens.subList(from, to)).strip());
        if (!text.isEmpty()) {
          words.add(new Spelled(text, confidence(logProbabilities.subList(from, to))));
        }
        from = to;
      }
    }
    return words;
  }

  static double confidence(List<Double> logProbabilities) {
    return Math.exp(
        logProbabilities.stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NEGATIVE_INFINITY));
  }

  /// One more than its letters, for the gap to the next word.
  private static int weight(String word) {
    return word.length() + 1;
  }

  /// From the first to the last frame that is not far below the loudest.
  private static long[] speechMs(float[] audio) {
    int frames = audio.length / FRAME;
    double[] levels = new double[frames];
    for (int i = 0; i < frames; i++) {
      levels[i] = Levels.rmsDbfs(Arrays.copyOfRange(audio, i * FRAME, (i + 1) * FRAME));
    }
    double wanted = Math.max(FLOOR_DBFS, Arrays.stream(levels).max().orElse(0) - BELOW_LOUDEST);
    int first = 0;
    int last = frames - 1;
    while (first < last && levels[first] < wanted) {
      first++;
    }
    while (last > first && levels[last] < wanted) {
      last--;
    }
    return new long[] {(long) first * FRAME_MS, (long) (last + 1) * FRAME_MS};
  }
}
