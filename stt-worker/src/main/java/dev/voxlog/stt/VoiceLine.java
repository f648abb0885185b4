package dev.voxlog.stt;

import java.util.concurrent.CompletionStage;

/// Where a call sends its audio to be told speech from everything else.
interface VoiceLine extends AutoCloseable {
  /// The speech probability of each whole window of `audio` (8 kHz). `state` belongs to this
  /// request until it is answered, so a call has at most one out.
  CompletionStage<float[]> detect(VadState state, float[] audio);

  @Override
  default void close() {}
}
