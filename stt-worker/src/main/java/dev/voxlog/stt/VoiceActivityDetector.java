package dev.voxlog.stt;

import java.util.List;

/// Tells speech from everything else, window by window.
public interface VoiceActivityDetector {
  /// Samples of a window, unless a detector says otherwise.
  int WINDOW_SAMPLES = 256;

  /// Samples a second: a window usually lasts 32 ms.
  int SAMPLE_RATE = 8_000;

  /// How many samples this detector's windows have.
  default int windowSamples() {
    return WINDOW_SAMPLES;
  }

  /// The probability of speech, 0 to 1, for each window. The windows are of different calls; each
  /// call's state moves on, so its windows must come in order. Thread-safe as long as no state is
  /// in two calls of this method at once.
  ///
  /// @throws EngineException if the engine fails; the states are then as before
  float[] detect(List<VadWindow> windows);
}
