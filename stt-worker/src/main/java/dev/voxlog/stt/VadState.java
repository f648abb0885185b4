package dev.voxlog.stt;

import java.nio.ByteBuffer;

/// What a detector remembers of one call between windows, at first nothing; opaque to everyone
/// else. Not thread-safe.
public final class VadState {
  /// Floats of the network's recurrent memory: two layers of 128.
  public static final int MEMORY = 256;

  /// Samples of the window before that are heard again.
  public static final int CONTEXT = 32;

  /// Bytes of [#write].
  static final int BYTES = (MEMORY + CONTEXT) * Float.BYTES;

  private final float[] memory = new float[MEMORY];
  private final float[] context = new float[CONTEXT];

  /// Becomes what the other is now.
  void set(VadState other) {
    System.arraycopy(other.memory, 0, memory, 0, MEMORY);
    System.arraycopy(other.context, 0, context, 0, CONTEXT);
  }

  void write(ByteBuffer to) {
    to.asFloatBuffer().put(memory).put(context);
    to.position(to.position() + BYTES);
  }

  static VadState read(ByteBuffer from) {
    VadState state = new VadState();
    from.asFloatBuffer().get(state.memory).get(state.context);
    from.position(from.position() + BYTES);
    return state;
  }

  /// For detectors: read and written in place.
  public float[] memory() {
    return memory;
  }

  /// For detectors: read and written in place.
  public float[] context() {
    return context;
  }
}
