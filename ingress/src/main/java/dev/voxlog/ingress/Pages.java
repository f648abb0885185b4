package dev.voxlog.ingress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;

/// What people and probes read: a line at `/`, JSON at `/health`.
final class Pages {
  private final Node node;

  Pages(Node node) {
    this.node = node;
  }

  void root(HttpServerRequest request) {
    request
        .response()
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(
            "Voxlog ingress "
                + node.config().version()
                + ": a carrier's voice webhook goes to POST /twilio/voice, programs connect to /v1/realtime; health is at /health.\n");
  }

  /// 200 while calls can be taken, 503 when not.
  void health(HttpServerRequest request, boolean isStopping) {
    boolean isLogOk = node.log().writer().isHealthy() && node.log().directory().isHealthy();
    boolean isUp = isLogOk && !isStopping;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", isStopping ? "stopping" : isUp ? "up" : "down");
    body.put("version", node.config().version());
    body.put("calls", node.metrics().active());
    body.put("takesCalls", !node.capacity().isRefusing());
    ObjectNode stages = body.putObject("stages");
    node.log()
        .stages()
        .standings()
        .forEach((stage, standing) -> {
          ObjectNode about = stages.putObject(stage.id());
          about.put("lagSeconds", standing.lag().toMillis() / 1_000.0);
          about.put("engineWaitSeconds", standing.engineWait().toMillis() / 1_000.0);
        });
    body.put("kafka", isLogOk);
    body.put("mediaPort", node.calls().mediaPort());
    ObjectNode errors = body.putObject("errors");
    node.metrics().counts().forEach(errors::put);
    request
        .response()
        .setStatusCode(isUp ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(body + "\n");
  }
}
