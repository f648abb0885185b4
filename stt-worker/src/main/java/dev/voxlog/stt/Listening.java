package dev.voxlog.stt;

import dev.voxlog.agent.Endpointing;
import dev.voxlog.runtime.CallView;
import dev.voxlog.schemas.TurnDetection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one call is listened to: as its caller's program has set, else as its agent file or the
/// stage says.
///
/// From a probability of `speechThreshold` on it is speech; `preRoll` before an onset is decoded
/// with it; a silence from `minSilence` to `maxSilence` ends an utterance, by its words.
record Listening(
    double speechThreshold, Duration preRoll, Duration minSilence, Duration maxSilence) {
  /// The detector's own recommendation.
  static final double USUAL_THRESHOLD = 0.5;

  /// So much of a call's audio is kept whatever its program asks for.
  private static final Duration LONGEST_PRE_ROLL = Duration.ofSeconds(2);

  static Listening of(CallView call, SttConfig config) {
    TurnDetection set = call.started().settings().turnDetection();
    Endpointing file = call.agent().agent().endpointing();
    Double threshold = set.speechThreshold();
    Duration preRoll = millis(set.preRollMs(), config.preRoll());
    Duration min = config.endsAtOnce() ? Duration.ZERO : millis(set.minSilenceMs(), file.min());
    Duration max = config.endsAtOnce() ? Duration.ZERO : millis(set.maxSilenceMs(), file.max());
    return new Listening(
        threshold == null ? USUAL_THRESHOLD : threshold,
        preRoll.compareTo(LONGEST_PRE_ROLL) > 0 ? LONGEST_PRE_ROLL : preRoll,
        min,
        max.compareTo(min) < 0 ? min : max);
  }

  private static Duration millis(@Nullable Long set, Duration usual) {
    return set == null ? usual : Duration.ofMillis(Math.max(0, set));
  }

  long preRollSamples() {
    return preRoll.toMillis() * AudioTape.SAMPLES_PER_MS;
  }
}
