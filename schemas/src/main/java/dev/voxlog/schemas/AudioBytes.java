package dev.voxlog.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// An immutable run of encoded audio; what the bytes mean is said by the [Codec] beside it.
public final class AudioBytes {
  public static final AudioBytes EMPTY = new AudioBytes(new byte[0]);

  private final byte[] bytes;

  private AudioBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Wraps without copying: the caller hands the array over and must not change it afterwards.
  public static AudioBytes wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new AudioBytes(bytes);
  }

  public static AudioBytes copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return wrap(copy);
  }

  public int length() {
    return bytes.length;
  }

  public AudioBytes slice(int from, int to) {
    return wrap(Arrays.copyOfRange(bytes, from, to));
  }

  /// A read-only view, for writers that need no array.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// The backing array itself, not a copy: read it, never write it.
  public byte[] array() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AudioBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "AudioBytes[" + bytes.length + "]";
  }
}
