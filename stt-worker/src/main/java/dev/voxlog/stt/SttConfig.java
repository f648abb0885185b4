package dev.voxlog.stt;

import java.time.Duration;

/// How speech is cut into utterances. All times are media time.
///
/// `minSpeech` of voiced audio starts an utterance; `preRoll` before the onset and after the end is
/// decoded with it; `speculateAfter` of silence starts the final decode ahead of the endpoint;
/// `interimEvery` of speech gives an interim, the first after `firstInterim`; an utterance is cut
/// at `maxUtterance`. Where it `endsAtOnce`, the first silence ends an utterance, whatever its
/// words and the agent file say.
public record SttConfig(
    Duration minSpeech,
    Duration preRoll,
    Duration speculateAfter,
    Duration firstInterim,
    Duration interimEvery,
    Duration maxUtterance,
    double noSpeechRejection,
    boolean endsAtOnce) {

  public static final SttConfig DEFAULT =
      new SttConfig(
          Duration.ofMillis(200),
          Duration.ofMillis(250),
          Duration.ofMillis(160),
          Duration.ofMillis(450),
          Duration.ofMillis(500),
          Duration.ofSeconds(14),
          0.97,
          false);

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

  /// The same for a recogniser that waits for nothing: the first silent window is the end.
  SttConfig endingAtOnce() {
    return new SttConfig(
        minSpeech,
        preRoll,
        Duration.ofMillis(1),
        firstInterim,
        interimEvery,
        maxUtterance,
        noSpeechRejection,
        true);
  }
}
