package dev.voxlog.cli.load.caller;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// One caller's connection after its handshake, never waited for. What the server does not take is
/// kept and goes out with what comes next. Confined to one thread.
public final class Wire {
  /// As much as a carrier would hold back before it gives up; minutes of a call.
  private static final int MOST_UNSENT = 4 << 20;

  private final SocketChannel channel;
  private final FrameReader reader = new FrameReader();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private int unsentBytes;

  Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /// Has the selector say when there is something to read for `owner`.
  void join(Selector selector, Object owner) throws IOException {
    channel.configureBlocking(false);
    SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, owner);
  }

  /// @throws IOException if the connection is broken, or the server takes nothing any more
  void send(ByteBuffer message) throws IOException {
    while (!unsent.isEmpty()) {
      ByteBuffer first = unsent.peek();
      unsentBytes -= channel.write(first);
      if (first.hasRemaining()) {
        keep(message);
        return;
      }
      unsent.remove();
    }
    long _ = channel.write(message);
    if (message.hasRemaining()) {
      keep(message);
    }
  }

  private void keep(ByteBuffer message) throws IOException {
    unsentBytes += message.remaining();
    if (unsentBytes > MOST_UNSENT) {
      throw new IOException("the server reads nothing any more");
    }
    unsent.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
  }

  /// @throws IOException if the connection is over
  void read(FrameReader.Messages into) throws IOException {
    reader.read(channel, into);
  }

  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
