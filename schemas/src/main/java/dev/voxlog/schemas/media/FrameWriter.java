package dev.voxlog.schemas.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes one frame behind room for its length.
final class FrameWriter {
  private ByteBuffer out = ByteBuffer.allocate(256).position(MediaCodec.LENGTH_BYTES);

  FrameWriter type(FrameType type) {
    room(1).put((byte) type.code());
    return this;
  }

  FrameWriter count(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  FrameWriter number(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  FrameWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  FrameWriter bytes(byte[] value) {
    count(value.length);
    room(value.length).put(value);
    return this;
  }

  byte[] finish() {
    int length = out.position() - MediaCodec.LENGTH_BYTES;
    if (length > MediaCodec.MAX_LENGTH) {
      throw new MediaFrameException("a frame of " + length + " bytes is too long to send");
    }
    out.putInt(0, length);
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
      out = ByteBuffer.allocate(capacity).put(out.flip());
    }
    return out;
  }
}
