package dev.voxlog.stt.scripted;

import dev.voxlog.audio.Levels;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import java.util.List;

/// Takes everything above −50 dBFS for speech.
public final class EnergyDetector implements VoiceActivityDetector {
  private static final double SPEECH_DBFS = -50;

  private final int windowSamples;

  /// With windows of the usual length.
  public EnergyDetector() {
    this(WINDOW_SAMPLES);
  }

  /// With windows of so many samples.
  public EnergyDetector(int windowSamples) {
    this.windowSamples = windowSamples;
  }

  @Override
  public int windowSamples() {
    return windowSamples;
  }

  @Override
  public float[] detect(List<VadWindow> windows) {
    float[] probabilities = new float[windows.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Levels.rmsDbfs(windows.get(i).samples()) > SPEECH_DBFS ? 1 : 0;
    }
    return probabilities;
  }
}
