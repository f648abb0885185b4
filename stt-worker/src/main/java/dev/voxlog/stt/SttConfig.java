package dev.voxlog.stt;

import java.time.Duration;

/// How speech is cut into utterances. All times are media time.
///
/// `minSpeech` of voiced audio starts an utterance; `preRoll` before the onset and after the end is
/// decoded with it; `speculateAfter` of silence starts the final decode ahead of the endpoint;
/// `interimEvery` of speech gives an interim, the first after `firstInterim`; an utterance is cut
/// at `maxUtterance`.
public record SttConfig(
    Duration minSpeech,
    Duration preRoll,
    Duration speculateAfter,
    Duration firstInterim,
    Duration interimEvery,
    Duration maxUtterance,
    double noSpeechRejection) {

  public static final SttConfig DEFAULT =
      new SttConfig(
          Duration.ofMillis(200),
          Duration.ofMillis(250),
          Duration.ofMillis(160),
          Duration.ofMillis(450),
          Duration.ofMillis(500),
          Duration.ofSeconds(14),
          0.97);

  public SttConfig {
    if (maxUtterance.toSeconds() > 15) {
      throw new IllegalArgumentException(
          "stt.maxUtterance "
              + maxUtterance
              + " is over 15 s, beyond which recognition degrades; set 14s");
    }
    if (minSpeech.toMillis() < 64) {
      throw new IllegalArgumentException(
          "stt.minSpeech " + minSpeech + " is shorter than a click; set 200ms");
    }
  }
}
