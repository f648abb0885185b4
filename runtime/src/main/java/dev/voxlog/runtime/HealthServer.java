package dev.voxlog.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `GET /health/live` and `/health/ready` of a worker process, as JSON: 200 when all is well, 503 when not.
public final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final List<StageRunner> runners;

  public HealthServer(Vertx vertx, String host, int port, List<StageRunner> runners) {
    this.runners = List.copyOf(runners);
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
      case "/health/live" -> reply(request, runners.stream().allMatch(r -> r.failure() == null));
      case "/health/ready" -> reply(request, runners.stream().allMatch(StageRunner::isReady));
      default -> request.response().setStatusCode(404).end("try /health/live or /health/ready\n");
    }
  }

  private void reply(HttpServerRequest request, boolean isWell) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", isWell ? "up" : "down");
    ObjectNode stages = body.putObject("stages");
    for (StageRunner runner : runners) {
      ObjectNode stage = stages.putObject(runner.stage().id());
      stage.put("ready", runner.isReady());
      stage.put("partitions", runner.partitions().toString());
      stage.put("calls", runner.liveCalls());
      Throwable failure = runner.failure();
      if (failure != null) {
        stage.put("failure", failure.toString());
      }
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
