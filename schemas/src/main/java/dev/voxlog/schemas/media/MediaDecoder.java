package dev.voxlog.schemas.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Reads one connection's bytes, cut anywhere, back into frames. For one thread at a time.
public final class MediaDecoder {
  private byte[] pending = new byte[4096];
  private int length;
  private boolean isBroken;

  /// Gives every frame that is complete, in order. After a [MediaFrameException] nothing more can
  /// be read, because where the next frame begins is not known: close the connection.
  public void read(byte[] bytes, Consumer<? super MediaFrame> frames) {
    if (isBroken) {
      throw new MediaFrameException("the connection has been broken before");
    }
    append(bytes);
    ByteBuffer in = ByteBuffer.wrap(pending, 0, length);
    try {
      while (in.remaining() >= MediaCodec.LENGTH_BYTES) {
        int body = in.getInt(in.position());
        if (body <= 0 || body > MediaCodec.MAX_LENGTH) {
          throw new MediaFrameException("a frame of length " + Integer.toUnsignedString(body));
        }
        if (in.remaining() - MediaCodec.LENGTH_BYTES < body) {
          break;
        }
        int start = in.position() + MediaCodec.LENGTH_BYTES;
        in.position(start + body);
        MediaCodec.decode(in.slice(start, body)).ifPresent(frames);
      }
    } catch (MediaFrameException e) {
      isBroken = true;
      throw e;
    } finally {
      keep(in);
    }
  }

  private void append(byte[] bytes) {
    int needed = length + bytes.length;
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(needed, pending.length * 2));
    }
    System.arraycopy(bytes, 0, pending, length, bytes.length);
    length = needed;
  }

  private void keep(ByteBuffer rest) {
    length = rest.remaining();
    System.arraycopy(pending, rest.position(), pending, 0, length);
  }
}
