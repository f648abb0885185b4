package dev.voxlog.stt;

import dev.voxlog.schemas.Word;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What a recogniser heard.
///
/// `tokens` are the engine's own, of use only as the next draft. `confidence` (0 to 1) is the
/// geometric mean of the tokens' probabilities, those of a free choice also where a constraint
/// forced it: words forced on other speech score low. `noSpeech` (0 to 1) is the probability that
/// there is nothing to recognise. `words` have times in milliseconds from the start of the audio.
public record Hypothesis(
    String text,
    List<Integer> tokens,
    double confidence,
    double noSpeech,
    Duration decodeTime,
    List<Word> words) {
  /// Nothing was said.
  public static final Hypothesis NOTHING =
      new Hypothesis("", List.of(), 0, 1, Duration.ZERO, List.of());

  public Hypothesis {
    tokens = List.copyOf(tokens);
    words = List.copyOf(words);
  }

  /// The same words, found in another time.
  Hypothesis took(Duration time) {
    return new Hypothesis(text, tokens, confidence, noSpeech, time, words);
  }

  /// The same words, so much later.
  Hypothesis later(long ms) {
    List<Word> moved =
        words.stream()
            .map(word ->
                new Word(
                    word.text(),
                    word.startMs() + ms,
                    word.endMs() + ms,
                    word.confidence(),
                    word.isEstimated()))
            .toList();
    return new Hypothesis(text, tokens, confidence, noSpeech, decodeTime, moved);
  }

  /// What was heard piece by piece as one: as sure as its least sure piece with words.
  static Hypothesis joined(List<Hypothesis> pieces) {
    List<Hypothesis> spoken = pieces.stream().filter(each -> !each.text().isBlank()).toList();
    if (spoken.isEmpty()) {
      return NOTHING;
    }
    return new Hypothesis(
        spoken.stream().map(each -> each.text().strip()).collect(Collectors.joining(" ")),
        List.of(),
        spoken.stream().mapToDouble(Hypothesis::confidence).min().orElse(0),
        spoken.stream().mapToDouble(Hypothesis::noSpeech).min().orElse(1),
        pieces.stream().map(Hypothesis::decodeTime).reduce(Duration.ZERO, Duration::plus),
        spoken.stream().flatMap(each -> each.words().stream()).toList());
  }
}
