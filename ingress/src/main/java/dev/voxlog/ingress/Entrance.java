package dev.voxlog.ingress;

import dev.voxlog.runtime.gate.Clients;
import dev.voxlog.runtime.gate.Connections;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;

/// What all edges of a node share: how many sockets are open, how often calls come in and how many
/// each caller has, and what becomes of a socket that breaks. Confined to the node's event loop.
final class Entrance {
  private final Node node;
  private final Vertx vertx;
  private final Connections connections;
  private final Clients clients;
  private final CallRates rates;
  private final int most;
  private final int mostOfCaller;
  private final long pingMs;
  private int open;

  /// Whoever answers a ping is kept, whoever is gone without a word is not: `pingsEvery` is more
  /// often than idle connections are closed.
  Entrance(Node node, Vertx vertx, Connections connections, Duration pingsEvery) {
    this.node = node;
    this.vertx = vertx;
    this.connections = connections;
    IngressConfig.Limits limits = node.config().limits();
    clients = new Clients(limits.callers().connections());
    rates = new CallRates(limits.rates(), node.log().clock());
    most = limits.streams();
    mostOfCaller = limits.callers().calls();
    pingMs = pingsEvery.toMillis();
  }

  /// By what the request's client is counted as a caller.
  String caller(HttpServerRequest request) {
    return clients.of(request);
  }

  /// What becomes of a new call.
  enum Ruling {
    ADMITTED,
    /// The caller has as many calls as one may.
    TOO_MANY_OPEN,
    TOO_MANY_OF_CALLER,
    TOO_MANY
  }

  /// A call has come in. What is refused uses nothing up.
  Ruling admit(String caller) {
    Instant now = node.log().clock().now();
    if (node.calls().callers().of(caller, now) >= mostOfCaller) {
      return Ruling.TOO_MANY_OPEN;
    }
    return switch (rates.admit(caller)) {
      case ADMITTED -> Ruling.ADMITTED;
      case TOO_MANY_OF_CALLER -> Ruling.TOO_MANY_OF_CALLER;
      case TOO_MANY -> Ruling.TOO_MANY;
    };
  }

  /// The socket as streams know it. From here on its client is asked every now and then whether it
  /// is there.
  CarrierSocket opened(ServerWebSocket socket) {
    open++;
    socket.setWriteQueueMaxSize(node.config().limits().unreadBytes());
    long pinging = vertx.setPeriodic(pingMs, _ -> ping(socket));
    connections.upgraded(
        socket,
        () -> {
          open--;
          vertx.cancelTimer(pinging);
        });
    return new VertxSocket(socket, connections);
  }

  private static void ping(ServerWebSocket socket) {
    if (!socket.isClosed()) {
      var _ = socket.writePing(Buffer.buffer());
    }
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
