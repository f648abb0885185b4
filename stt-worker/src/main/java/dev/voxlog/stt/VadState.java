package dev.voxlog.stt;

import java.util.Arrays;

/// What a detector remembers of one call between windows; opaque to everyone else. Not thread-safe.
public final class VadState {
  /// Floats of the network's recurrent memory: two layers of 128.
  public static final int MEMORY = 256;

  /// Samples of the window before that are heard again.
  public static final int CONTEXT = 32;

  private final float[] memory = new float[MEMORY];
  private final float[] context = new float[CONTEXT];

  /// For detectors: read and written in place.
  public float[] memory() {
    return memory;
  }

  /// For detectors: read and written in place.
  public float[] context() {
    return context;
  }

  /// As at the start of a call.
  public void reset() {
    Arrays.fill(memory, 0);
    Arrays.fill(context, 0);
  }
}
