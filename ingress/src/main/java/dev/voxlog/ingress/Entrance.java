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

  /// Vert.x reports a frame over the limit as corrupted and a message over it as an illegal state,
  /// and closes neither.
  void broken(CallStream stream, Throwable failure) {
    boolean isTooLong =
        failure instanceof CorruptedWebSocketFrameException
            || failure instanceof IllegalStateException;
    if (isTooLong) {
      tooLong(stream);
    } else {
      node.metrics().count("socket-error");
    }
  }

  void tooLong(CallStream stream) {
    node.metrics().count("too-long-message");
    stream.close(1009, "message too long");
  }
}
