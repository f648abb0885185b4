package dev.voxlog.ingress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.gate.Gate;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where programs and browsers open Realtime sessions: `/v1/realtime`. Confined to the node's event
/// loop.
final class RealtimeEndpoint {
  static final String SUBPROTOCOL = "realtime";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SESSION_BYTES = 12;
  private static final long BEGIN_MS = 60_000;

  private final Node node;
  private final Vertx vertx;
  private final Entrance entrance;
  private final Gate gate;

  /// What each caller may type, in all sessions together.
  private final CallerAllowances characters;

  RealtimeEndpoint(Node node, Vertx vertx, Entrance entrance) {
    this.node = node;
    this.vertx = vertx;
    this.entrance = entrance;
    IngressConfig.Web web = node.config().web();
    characters =
        new CallerAllowances(
            node.config().limits().callers().charactersPerMinute(), node.log().clock());
    gate = new Gate(web.realtime().visitors(), web.reach(), node.log().clock()::now);
  }

  void stream(HttpServerRequest request) {
    Optional<Gate.Refusal> refusal = gate.refusal(Gate.Knock.of(request));
    if (refusal.isPresent()) {
      node.metrics().count(refusal.get().code());
      refuse(request, refusal.get());
      return;
    }
    if (!request.canUpgradeToWebSocket()) {
      refuse(request, 426, "no_websocket", "This is a WebSocket address.");
      return;
    }
    if ("realtime=v1".equals(request.getHeader("OpenAI-Beta"))) {
      refuse(request, 400, "beta", "The beta protocol is not spoken; leave OpenAI-Beta out.");
      return;
    }
    String asked = request.getParam("agent");
    String model = request.getParam("model");
    IngressConfig.Agents agents = node.config().agents();
    Optional<String> agent =
        asked == null
            ? agents.key(model).or(() -> Optional.of(agents.defaultKey()))
            : agents.key(asked);
    if (agent.isEmpty()) {
      refuse(
          request, 404, "no_such_agent", "There is no such agent; load it, or leave ?agent= out.");
      return;
    }
    String caller = entrance.caller(request);
    request
        .toWebSocket()
        .onSuccess(socket -> open(socket, agent.get(), model, caller))
        .onFailure(_ -> node.metrics().count("bad-upgrade"));
  }

  private static void refuse(HttpServerRequest request, Gate.Refusal refusal) {
    refuse(request, refusal.status(), refusal.code(), refusal.message());
  }

  /// As OpenAI's server words it.
  private static void refuse(HttpServerRequest request, int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", "invalid_request_error")
        .putNull("param")
        .put("code", code);
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.toString());
  }

  private void open(ServerWebSocket socket, String agent, @Nullable String model, String caller) {
    boolean isFull = entrance.isFull();
    RealtimeCall.Opening opening = new RealtimeCall.Opening(session(), agent, caller);
    RealtimeStream stream =
        new RealtimeStream(
            node,
            entrance.opened(socket),
            opening,
            new ClientPace(node.log().clock(), characters.of(caller)),
            model == null || model.length() > 128 ? null : model);
    int most = node.config().web().realtime().messageBytes();
    SocketMessages.listen(socket, most, entrance.messages(stream));
    socket.exceptionHandler(failure -> entrance.broken(stream, failure));
    long beginning = vertx.setTimer(BEGIN_MS, _ -> stream.closeUnlessBegun());
    socket.closeHandler(_ -> {
      vertx.cancelTimer(beginning);
      node.calls().callers().closed(opening.call());
      stream.closed(isGoodbye(socket.closeStatusCode()));
    });
    if (isFull || node.capacity().isRefusing()) {
      turnAway(stream, "refused-stream", "No new session can be taken at the moment.");
      return;
    }
    switch (entrance.admit(caller)) {
      case ADMITTED -> {
        node.calls().callers().opened(opening.call(), caller);
        stream.open();
      }
      case TOO_MANY_OPEN ->
          turnAway(stream, "too_many_sessions", "As many sessions are open as one may have.");
      case TOO_MANY_OF_CALLER, TOO_MANY ->
          turnAway(
              stream, "rate_limit_exceeded", "Too many sessions were opened in the last minute.");
    }
  }

  private static boolean isGoodbye(@Nullable Short code) {
    return code != null && code != WebSocketCloseStatus.ABNORMAL_CLOSURE.code();
  }

  private void turnAway(RealtimeStream stream, String code, String message) {
    node.metrics().count(code);
    stream.turnAway(code, message);
  }

  private static String session() {
    byte[] bytes = new byte[SESSION_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
