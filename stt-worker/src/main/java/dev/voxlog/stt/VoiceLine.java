package dev.voxlog.stt;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Where a call sends its audio to be told speech from everything else.
interface VoiceLine extends AutoCloseable {
  /// The speech probability of each whole window of `audio` (8 kHz). `state` belongs to this
  /// request until it is answered, so a call has at most one out.
  CompletionStage<float[]> detect(VadState state, float[] audio);

  /// Samples of a window.
  default int window() {
    return VoiceActivityDetector.WINDOW_SAMPLES;
  }

  /// How long the oldest request waits that is not answered.
  default Duration waiting() {
    return Duration.ZERO;
  }

  @Override
  default void close() {}
}
