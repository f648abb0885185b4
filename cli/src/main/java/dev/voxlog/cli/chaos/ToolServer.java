package dev.voxlog.cli.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The tool of the called agent, and the witness of how often it was called: `POST /orders` with an
/// id gives its gate after a moment, in which whoever asked can die. On loopback, any free port.
final class ToolServer implements AutoCloseable {
  private static final Duration TAKES = Duration.ofMillis(150);

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::receive);
  private final List<ToolAsked> asked = new CopyOnWriteArrayList<>();

  static ToolServer start() {
    ToolServer tool = new ToolServer();
    try {
      tool.server
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
      return tool;
    } catch (RuntimeException e) {
      tool.close();
      throw e;
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /// Every request so far.
  List<ToolAsked> asked() {
    return List.copyOf(asked);
  }

  private void receive(HttpServerRequest request) {
    String key = String.valueOf(request.getHeader("Idempotency-Key"));
    request.body().onSuccess(body -> answer(request, key, body));
  }

  private void answer(HttpServerRequest request, String key, Buffer body) {
    String id = new JsonObject(body).getString("id", "");
    asked.add(new ToolAsked(key, id, Instant.now()));
    vertx.setTimer(
        TAKES.toMillis(),
        _ ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("gate", ChaosAgent.gate(id)).encode()));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
