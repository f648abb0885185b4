package dev.voxlog.stt;

/// One window of a call: [VoiceActivityDetector#WINDOW_SAMPLES] floats from −1 to 1 at 8 kHz, and
/// what the detector remembers of that call.
public record VadWindow(VadState state, float[] samples) {
  public VadWindow {
    if (samples.length != VoiceActivityDetector.WINDOW_SAMPLES) {
      throw new IllegalArgumentException(
          "a window has "
              + VoiceActivityDetector.WINDOW_SAMPLES
              + " samples, not "
              + samples.length);
    }
  }
}
