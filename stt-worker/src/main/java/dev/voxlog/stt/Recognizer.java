package dev.voxlog.stt;

/// Turns a stretch of speech into words.
public interface Recognizer {
  /// Samples a second that [#decode] expects, unless a recogniser says otherwise.
  int SAMPLE_RATE = 16_000;

  /// Samples a second that this one's [#decode] expects.
  default int sampleRate() {
    return SAMPLE_RATE;
  }

  /// The words in at most about 15 s of audio, floats from −1 to 1 at its rate, which should begin
  /// and end with 100 to 300 ms of what was before and after the speech. Blocks while it computes;
  /// thread-safe.
  ///
  /// @throws java.util.concurrent.CancellationException soon after the request is cancelled
  /// @throws EngineException if the engine fails
  Hypothesis decode(float[] pcm, DecodeRequest request);
}
