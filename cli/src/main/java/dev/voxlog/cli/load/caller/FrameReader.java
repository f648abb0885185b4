package dev.voxlog.cli.load.caller;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// Takes a server's WebSocket frames apart (RFC 6455, 5.2), pieces of a message put together.
/// Confined to one thread.
final class FrameReader {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;

  private static final int CONTINUATION = 0;
  private static final int TWO_MORE_BYTES = 126;
  private static final int EIGHT_MORE_BYTES = 127;
  private static final int LONGEST = 16 << 20;

  private ByteBuffer buffer = ByteBuffer.allocate(8 << 10).flip();
  private byte[] begun = {};
  private int begunOpcode;

  /// Takes a message; the bytes are its own.
  interface Messages {
    void take(int opcode, byte[] message);
  }

  /// Reads what there is.
  ///
  /// @throws IOException if the connection has ended, or what comes is no WebSocket
  void read(ReadableByteChannel channel, Messages into) throws IOException {
    while (true) {
      buffer.compact();
      if (!buffer.hasRemaining()) {
        buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
      }
      int count = channel.read(buffer);
      buffer.flip();
      if (count < 0) {
        throw new EOFException("the connection was closed");
      }
      if (count == 0) {
        return;
      }
      while (takeOne(into)) {
        continue;
      }
    }
  }

  private boolean takeOne(Messages into) throws IOException {
    int start = buffer.position();
    if (buffer.remaining() < 2) {
      return false;
    }
    int first = buffer.get(start);
    int length = buffer.get(start + 1) & 0x7F;
    int header = length == TWO_MORE_BYTES ? 4 : length == EIGHT_MORE_BYTES ? 10 : 2;
    if (buffer.remaining() < header) {
      return false;
    }
    long size =
        switch (header) {
          case 4 -> buffer.getShort(start + 2) & 0xFFFF;
          case 10 -> buffer.getLong(start + 2);
          default -> length;
        };
    if (size < 0 || size > LONGEST) {
      throw new IOException("a frame of " + size + " bytes");
    }
    if (buffer.remaining() < header + size) {
      return false;
    }
    byte[] payload = new byte[(int) size];
    buffer.position(start + header).get(payload);
    whole(first & 0x0F, first < 0, payload, into);
    return true;
  }

  private void whole(int opcode, boolean isLast, byte[] payload, Messages into) {
    if (opcode >= CLOSE) {
      into.take(opcode, payload);
      return;
    }
    byte[] message = payload;
    if (opcode == CONTINUATION) {
      message = Arrays.copyOf(begun, begun.length + payload.length);
      System.arraycopy(payload, 0, message, begun.length, payload.length);
    } else {
      begunOpcode = opcode;
    }
    if (isLast) {
      begun = new byte[0];
      into.take(begunOpcode, message);
    } else {
      begun = message;
    }
  }
}
