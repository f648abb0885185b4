package dev.voxlog.stt;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// For detectors that take less than handing windows to another thread would: each call's windows
/// are heard on the thread of who asks, and answered before that goes on.
record InstantLine(VoiceActivityDetector detector) implements VoiceLine {
  @Override
  public CompletableFuture<float[]> detect(VadState state, float[] audio) {
    float[] probabilities = new float[audio.length / window()];
    for (int i = 0; i < probabilities.length; i++) {
      float[] samples = Arrays.copyOfRange(audio, i * window(), (i + 1) * window());
      probabilities[i] = detector.detect(List.of(new VadWindow(state, samples)))[0];
    }
    return CompletableFuture.completedFuture(probabilities);
  }

  @Override
  public int window() {
    return detector.windowSamples();
  }
}
