package dev.voxlog.stt.stub;

import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import java.util.List;

/// Has a network hear every window, for what that costs, and goes by another detector: callers who
/// are tones are no speech to a network.
public record IdleNetwork(VoiceActivityDetector network, VoiceActivityDetector decides)
    implements VoiceActivityDetector {
  public IdleNetwork {
    if (network.windowSamples() != decides.windowSamples()) {
      throw new IllegalArgumentException("both must hear the same windows");
    }
  }

  @Override
  public int windowSamples() {
    return network.windowSamples();
  }

  @Override
  public float[] detect(List<VadWindow> windows) {
    float[] _ = network.detect(windows);
    return decides.detect(windows);
  }
}
