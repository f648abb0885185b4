package dev.voxlog.ingress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.gate.Clients;
import dev.voxlog.runtime.gate.Gate;
import dev.voxlog.runtime.gate.Reach;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/// What people and probes read: a line at `/`, JSON at `/health`. Confined to the node's event
/// loop.
final class Pages {
  /// What a proxy may write, each of which says that there is one.
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private final Node node;
  private final Clients clients;
  private final Gate operators;

  Pages(Node node) {
    this.node = node;
    IngressConfig.Web web = node.config().web();
    clients = new Clients(node.config().limits().callers().connections());
    operators = new Gate(web.operators(), web.reach(), node.log().clock()::now);
  }

  void root(HttpServerRequest request) {
    request
        .response()
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(
            "Voxlog ingress: a carrier's voice webhook goes to POST /twilio/voice, programs connect to /v1/realtime; health is at /health.\n");
  }

  /// 200 while calls can be taken, 503 when not. More than that is for this machine and operators.
  void health(HttpServerRequest request, boolean isStopping) {
    boolean isLogOk = node.log().writer().isHealthy() && node.log().directory().isHealthy();
    boolean isUp = isLogOk && !isStopping;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", isStopping ? "stopping" : isUp ? "up" : "down");
    body.put("takesCalls", !node.capacity().isRefusing());
    if (isOfThisMachine(request) || isOperators(request)) {
      describe(body, isLogOk);
    }
    request
        .response()
        .setStatusCode(isUp ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(body + "\n");
  }

  /// From here, to a name of here, and not through a proxy, of whose clients nothing is known.
  private boolean isOfThisMachine(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    boolean isProxied =
        node.config().web().isKnownToOthers()
            || OF_PROXIES.stream().anyMatch(request.headers()::contains);
    return !isProxied
        && authority != null
        && Reach.isLoopback(authority.host())
        && clients.isLoopback(request.remoteAddress());
  }

  private boolean isOperators(HttpServerRequest request) {
    return request.headers().contains("Authorization")
        && !node.config().web().operators().tokens().isEmpty()
        && operators.refusal(Gate.Knock.of(request)).isEmpty();
  }

  private void describe(ObjectNode body, boolean isLogOk) {
    body.put("version", node.config().version());
    body.put("calls", node.metrics().active());
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
  }
}
