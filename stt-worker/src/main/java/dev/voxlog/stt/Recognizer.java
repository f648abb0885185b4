package dev.voxlog.stt;

/// Turns a stretch of speech into words.
public interface Recognizer {
  /// Samples a second that [#decode] expects.
  int SAMPLE_RATE = 16_000;

  /// The words in at most about 15 s of audio, floats from −1 to 1 at 16 kHz, which should begin
  /// and end with 100 to 300 ms of what was before and after the speech. Blocks while it computes;
  /// thread-safe.
  ///
  /// @throws java.util.concurrent.CancellationException soon after the request is cancelled
  /// @throws EngineException if the engine fails
  Hypothesis decode(float[] pcm16k, DecodeRequest request);
}
