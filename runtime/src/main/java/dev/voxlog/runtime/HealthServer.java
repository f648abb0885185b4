package dev.voxlog.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `GET /health/live` and `/health/ready` of a worker process, as JSON: 200 when all is well, 503
/// when not.
public final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Part> parts;

  /// Something in the process whose health is asked for.
  public interface Part {
    String name();

    /// False when only a restart helps.
    boolean isLive();

    /// Whether it can take work.
    boolean isReady();

    /// Adds what a person would want to know; no caller's words or numbers.
    default void describe(ObjectNode into) {}

    /// A running stage.
    static Part of(StageRunner runner) {
      return new Part() {
        @Override
        public String name() {
          return runner.stage().id();
        }

        @Override
        public boolean isLive() {
          return runner.isLive();
        }

        @Override
        public boolean isReady() {
          return runner.isReady();
        }

        @Override
        public void describe(ObjectNode into) {
          into.put("partitions", runner.partitions().toString());
          into.put("calls", runner.liveCalls());
          into.put("lagSeconds", runner.lag().toMillis() / 1_000.0);
          Throwable failure = runner.failure();
          if (failure != null) {
            into.put("failure", FailureTrace.classes(failure));
          }
        }
      };
    }
  }

  public HealthServer(Vertx vertx, String host, int port, List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(port, host)
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  public int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> reply(request, parts.stream().allMatch(Part::isLive));
      case "/health/ready" -> reply(request, parts.stream().allMatch(Part::isReady));
      default -> request.response().setStatusCode(404).end("try /health/live or /health/ready\n");
    }
  }

  private void reply(HttpServerRequest request, boolean isWell) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", isWell ? "up" : "down");
    ObjectNode stages = body.putObject("stages");
    for (Part part : parts) {
      ObjectNode stage = stages.putObject(part.name());
      stage.put("ready", part.isReady());
      part.describe(stage);
    }
    request
        .response()
        .setStatusCode(isWell ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(body.toString());
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
