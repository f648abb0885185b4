package dev.voxlog.ingress;

import dev.voxlog.runtime.gate.Connections;
import io.vertx.core.http.ServerWebSocket;

/// A carrier's WebSocket on Vert.x. Confined to its event loop.
final class VertxSocket implements CarrierSocket {
  private static final int LONGEST_REASON = 100;

  private final ServerWebSocket socket;
  private final Connections connections;

  VertxSocket(ServerWebSocket socket, Connections connections) {
    this.socket = socket;
    this.connections = connections;
  }

  @Override
  public void send(String text) {
    if (!socket.isClosed()) {
      var _ = socket.writeTextMessage(text);
    }
  }

  @Override
  public boolean isBacklogged() {
    return !socket.isClosed() && connections.isBacklogged(socket);
  }

  @Override
  public void close(int code, String reason) {
    if (!socket.isClosed()) {
      String brief = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
      var _ = socket.close((short) code, brief);
      connections.closing(socket);
    }
  }
}
