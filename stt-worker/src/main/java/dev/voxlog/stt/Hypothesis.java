package dev.voxlog.stt;

import dev.voxlog.schemas.Word;
import java.time.Duration;
import java.util.List;

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
}
