package dev.voxlog.ingress;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;

/// What all edges of a node share: how many sockets are open, how often calls come in, and what
/// becomes of a socket that breaks. Confined to the node's event loop.
final class Entrance {
  private final Node node;
  private final CallRates rates;
  private final int most;
  private int open;

  Entrance(Node node) {
    this.node = node;
    rates = new CallRates(node.config().limits().rates(), node.log().clock());
    most = node.config().limits().streams();
  }

  CallRates.Ruling admit(String caller) {
    return rates.admit(caller);
  }

  void opened() {
    open++;
  }

  void closed() {
    open--;
  }

  int openSockets() {
    return open;
  }

  boolean isFull() {
    return open >= most;
  }

  /// The stream's messages, as far as they are not too long.
  SocketMessages.Receiver messages(CallStream stream) {
    return new SocketMessages.Receiver() {
      @Override
      public void text(String text) {
        stream.message(text);
      }

      @Override
      public void binary() {
        stream.binaryMessage();
      }

      @Override
      public void tooLong() {
        Entrance.this.tooLong(stream);
      }
    };
  }

  /// Vert.x reports a frame over the limit as corrupted, and does not close the socket.
  void broken(CallStream stream, Throwable failure) {
    if (failure instanceof CorruptedWebSocketFrameException) {
      tooLong(stream);
    } else {
      node.metrics().count("socket-error");
    }
  }

  private void tooLong(CallStream stream) {
    node.metrics().count("too-long-message");
    stream.close(1009, "message too long");
  }
}
