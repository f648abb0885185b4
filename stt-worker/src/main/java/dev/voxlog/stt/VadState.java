package dev.voxlog.stt;

import java.nio.ByteBuffer;

/// What a detector remembers of one call between windows; opaque to everyone else. Not thread-safe.
public final class VadState {
  /// Floats of the network's recurrent memory: two layers of 128.
  public static final int MEMORY = 256;

  /// Samples of the window before that are heard again.
  public static final int CONTEXT = 32;

  /// Bytes of [#write].
  static final int BYTES = (MEMORY + CONTEXT) * Float.BYTES;

  private final float[] memory = new float[MEMORY];
  private final float[] context = new float[CONTEXT];

  /// As at the start of a call.
  public VadState() {}

  /// One that goes its own way from here.
  VadState copy() {
    VadState copy = new VadState();
    System.arraycopy(memory, 0, copy.memory, 0, MEMORY);
    System.arraycopy(context, 0, copy.context, 0, CONTEXT);
    return copy;
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
