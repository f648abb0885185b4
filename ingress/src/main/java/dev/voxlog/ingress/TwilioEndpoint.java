package dev.voxlog.ingress;

import dev.voxlog.ingress.twilio.TwilioSignature;
import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.ingress.twilio.Twiml;
import dev.voxlog.runtime.gate.Reach;
import dev.voxlog.schemas.CallId;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Twilio's webhooks and its media stream. Confined to the node's event loop.
final class TwilioEndpoint {
  private static final int MOST_FORM_BYTES = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long START_MS = 10_000;

  /// How often in a row a call is connected that nobody has heard of afterwards.
  private static final int MOST_AGAIN = 3;

  private static final String AGAIN = "again";

  private final Node node;
  private final Vertx vertx;
  private final Carrier carrier = new TwilioWire();
  private final @Nullable TwilioSignature signature;
  private final @Nullable StreamTokens tokens;
  private final Entrance entrance;

  TwilioEndpoint(Node node, Vertx vertx, Entrance entrance) {
    this.node = node;
    this.vertx = vertx;
    this.entrance = entrance;
    String authToken = node.config().web().authToken();
    signature = authToken == null ? null : new TwilioSignature(authToken);
    tokens = node.tokens();
  }

  /// Whether the request may be Twilio's at all. A web page open in a browser on this machine could
  /// reach a loopback port, so what browsers add is refused, and, where no signature protects, any
  /// name for this machine but loopback's own.
  boolean isFromCarrier(HttpServerRequest request) {
    if (!node.config().web().takesCarrier()) {
      node.metrics().count("edge-off");
      return false;
    }
    if (request.getHeader("Origin") != null) {
      node.metrics().count("browser-origin");
      return false;
    }
    HostAndPort authority = request.authority();
    if (signature == null && (authority == null || !Reach.isLoopback(authority.host()))) {
      node.metrics().count("foreign-host");
      return false;
    }
    return true;
  }

  /// The call has come in: it is connected to a stream of this node.
  void voice(HttpServerRequest request) {
    withForm(
        request,
        (form, callSid) -> {
          String agent = request.getParam("agent");
          if (node.config().agents().key(agent).isEmpty()) {
            reply(
                request,
                404,
                "there is no agent '"
                    + agent
                    + "'; load it, or leave ?agent= out for the default\n");
            return;
          }
          CallId call = carrier.callId(callSid);
          boolean isRunning = !node.log().directory().known(call).isUnknown();
          if (!isRunning && !node.capacity().admits(call, entrance.openSockets())) {
            refused(request);
            return;
          }
          switch (entrance.admit(first(form, "From"))) {
            case ADMITTED -> twiml(request, connect(request, callSid, form, 0));
            case TOO_MANY_OF_CALLER -> busy(request, call, "too-many-calls-of-caller");
            case TOO_MANY -> busy(request, call, "too-many-calls");
          }
        });
  }

  private void refused(HttpServerRequest request) {
    node.metrics().count("refused-call");
    twiml(request, Twiml.refuse(node.config().limits().overload().message()));
  }

  private void busy(HttpServerRequest request, CallId call, String reason) {
    node.capacity().forget(call);
    node.metrics().count(reason);
    twiml(request, Twiml.busy());
  }

  /// The address for afterwards carries what no log may know by then: the agent that was asked for,
  /// and how often the call was connected `again` without being known.
  private String connect(
      HttpServerRequest request, String callSid, Map<String, List<String>> form, int again) {
    Map<String, String> parameters = new TreeMap<>();
    String agent = request.getParam("agent");
    QueryStringEncoder after = new QueryStringEncoder("/twilio/after");
    if (again > 0) {
      after.addParam(AGAIN, Integer.toString(again));
    }
    parameters.put("from", first(form, "From"));
    parameters.put("to", first(form, "To"));
    if (agent != null) {
      parameters.put("agent", agent);
      after.addParam("agent", agent);
    }
    if (tokens != null) {
      parameters.put("token", tokens.of(callSid));
    }
    String origin = origin(request);
    return Twiml.connect(webSocket(origin) + "/twilio/stream", parameters, origin + after);
  }

  /// The stream is over: what comes next is in the log.
  void after(HttpServerRequest request) {
    withForm(
        request,
        (form, callSid) -> {
          CallDirectory directory = node.log().directory();
          var call = carrier.callId(callSid);
          var _ =
              directory
                  .now(call)
                  .thenCompose(known ->
                      known.isHungUp() && !known.isDecided()
                          ? directory.decided(call, PATIENCE)
                          : CompletableFuture.completedFuture(known))
                  .thenAccept(known ->
                      node.loop().execute(() -> answerAfter(request, callSid, form, known)));
        });
  }

  private void answerAfter(
      HttpServerRequest request, String callSid, Map<String, List<String>> form, KnownCall known) {
    if (known.isUnknown()) {
      unknown(request, callSid, form);
      return;
    }
    switch (known.next(node.config().limits().attaches())) {
      case KnownCall.Next.HangUp _ -> twiml(request, Twiml.hangUp());
      case KnownCall.Next.Dial dial -> twiml(request, Twiml.dial(dial.destination()));
      case KnownCall.Next.Connect _ -> twiml(request, connect(request, callSid, form, 0));
    }
  }

  /// Its stream was not let in or never came, or its node died before the log had its start: a new
  /// call, then, but not for ever.
  private void unknown(HttpServerRequest request, String callSid, Map<String, List<String>> form) {
    String before = request.getParam(AGAIN, "0");
    int again = before.matches("\\d{1,3}") ? Integer.parseInt(before) : MOST_AGAIN;
    if (again >= MOST_AGAIN) {
      node.metrics().count("never-attached");
      twiml(request, Twiml.hangUp());
    } else if (node.capacity().admits(carrier.callId(callSid), entrance.openSockets())) {
      twiml(request, connect(request, callSid, form, again + 1));
    } else {
      refused(request);
    }
  }

  private interface FormUse extends BiConsumer<Map<String, List<String>>, String> {}

  private void withForm(HttpServerRequest request, FormUse use) {
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() <= MOST_FORM_BYTES) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(_ -> withBody(request, body, use));
  }

  private void withBody(HttpServerRequest request, Buffer body, FormUse use) {
    if (body.length() > MOST_FORM_BYTES) {
      reply(request, 413, "a webhook's form has at most " + MOST_FORM_BYTES + " bytes\n");
      return;
    }
    Map<String, List<String>> form;
    try {
      form = new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), false).parameters();
    } catch (IllegalArgumentException e) {
      reply(request, 400, "the body is not an URL-encoded form\n");
      return;
    }
    String url = origin(request) + request.uri();
    if (!isBodySigned(request, url, body, form)) {
      forbid(request);
      return;
    }
    String callSid = first(form, "CallSid");
    if (!callSid.matches("[A-Za-z0-9_-]{1,64}")) {
      reply(request, 400, "the form has no CallSid\n");
      return;
    }
    use.accept(form, callSid);
  }

  /// The fields of a form are signed; any other body by its hash in the URL.
  private boolean isBodySigned(
      HttpServerRequest request, String url, Buffer body, Map<String, List<String>> form) {
    String type = request.getHeader("Content-Type");
    boolean isForm = type != null && type.startsWith("application/x-www-form-urlencoded");
    return isForm
        ? isSigned(request, url, form)
        : isSigned(request, url, Map.of()) && TwilioSignature.isBodyAsSigned(url, body.getBytes());
  }

  private boolean isSigned(HttpServerRequest request, String url, Map<String, List<String>> form) {
    TwilioSignature checking = signature;
    return checking == null || checking.isValid(request.getHeader("X-Twilio-Signature"), url, form);
  }

  private void forbid(HttpServerRequest request) {
    node.metrics().count("bad-signature");
    reply(
        request,
        403,
        "X-Twilio-Signature does not fit; ingress.authToken must be the account's, and ingress.publicUrl the address Twilio calls\n");
  }

  /// The media stream itself.
  void stream(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      reply(request, 426, "this is a WebSocket address for Twilio Media Streams\n");
      return;
    }
    String origin = origin(request);
    boolean isSigned =
        isSigned(request, webSocket(origin) + request.uri(), Map.of())
            || isSigned(request, origin + request.uri(), Map.of());
    if (!isSigned) {
      forbid(request);
      return;
    }
    if (entrance.isFull()) {
      node.metrics().count("too-many-streams");
      reply(request, 503, "ingress.limits.streams are open\n");
      return;
    }
    request.toWebSocket().onSuccess(this::open).onFailure(_ -> node.metrics().count("bad-upgrade"));
  }

  private void open(ServerWebSocket socket) {
    entrance.opened();
    socket.setWriteQueueMaxSize(node.config().limits().unreadBytes());
    VertxSocket wrapped = new VertxSocket(socket);
    CallerStream stream = new CallerStream(node, carrier, wrapped);
    socket.textMessageHandler(text -> {
      if (text.length() > node.config().limits().messageBytes()) {
        entrance.tooLong(stream);
      } else {
        stream.message(text);
      }
    });
    socket.binaryMessageHandler(_ -> stream.binaryMessage());
    socket.exceptionHandler(failure -> entrance.broken(stream, failure));
    socket.closeHandler(_ -> {
      entrance.closed();
      stream.closed();
    });
    vertx.setTimer(START_MS, _ -> stream.closeUnlessStarted());
  }

  private String origin(HttpServerRequest request) {
    String configured = node.config().web().publicUrl();
    return configured != null ? configured : request.scheme() + "://" + request.authority();
  }

  private static String webSocket(String origin) {
    return "ws" + origin.substring("http".length());
  }

  private static String first(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static void twiml(HttpServerRequest request, String xml) {
    request.response().putHeader("content-type", "text/xml; charset=utf-8").end(xml);
  }

  private static void reply(HttpServerRequest request, int status, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(text);
  }
}
