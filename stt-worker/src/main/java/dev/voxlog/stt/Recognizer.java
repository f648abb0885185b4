package dev.voxlog.stt;

import dev.voxlog.audio.Resampler;

/// Turns a stretch of speech into words.
public interface Recognizer {
  /// Samples a second that [#decode] expects, unless a recogniser says otherwise.
  int SAMPLE_RATE = 16_000;

  /// Samples a second that this one's [#decode] expects.
  default int sampleRate() {
    return SAMPLE_RATE;
  }

  /// Audio at the detector's rate as [#decode] expects it. Takes a moment.
  default float[] heard(float[] audio) {
    int from = VoiceActivityDetector.SAMPLE_RATE;
    return sampleRate() == from ? audio : Resampler.resample(audio, from, sampleRate());
  }

  /// The words in at most about 15 s of audio, floats from −1 to 1 at its rate, which should begin
  /// and end with 100 to 300 ms of what was before and after the speech. Blocks while it computes;
  /// thread-safe.
  ///
  /// @throws java.util.concurrent.CancellationException soon after the request is cancelled
  /// @throws EngineException if the engine fails
  Hypothesis decode(float[] pcm, DecodeRequest request);
}
