package dev.voxlog.testkit.twilio;

import dev.voxlog.testkit.twilio.WireEvent.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Carries out a call's TwiML, document after document. Confined to one event loop.
final class TwimlFollower {
  private static final int MOST_DOCUMENTS = 20;

  private final Vertx vertx;
  private final Clients clients;
  private final CallPlan plan;
  private final TwilioCaller caller;
  private final Deque<Twiml.Verb> ahead = new ArrayDeque<>();
  private URI document;
  private int documents;

  record Clients(HttpClient http, WebSocketClient webSocket) {}

  TwimlFollower(Vertx vertx, Clients clients, CallPlan plan, TwilioCaller caller) {
    this.vertx = vertx;
    this.clients = clients;
    this.plan = plan;
    this.caller = caller;
    this.document = plan.target();
  }

  void begin() {
    if (plan.isStream()) {
      connect(new Twiml.Connect(plan.target().toString(), plan.parameters()));
    } else {
      fetch(plan.target());
    }
  }

  private void fetch(URI url) {
    document = url;
    if (++documents > MOST_DOCUMENTS) {
      caller.end(new Ending.Failed("more than " + MOST_DOCUMENTS + " TwiML documents"));
      return;
    }
    Map<String, String> form = form();
    RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setTimeout(10_000);
    options.setURI(pathAndQuery(url));
    address(options, url);
    options.putHeader("Content-Type", "application/x-www-form-urlencoded");
    if (plan.access().authToken() != null) {
      options.putHeader(
          "X-Twilio-Signature",
          CarrierSignature.of(plan.access().authToken(), url.toString(), form));
    }
    clients
        .http()
        .request(options)
        .compose(request -> request.send(encode(form)))
        .compose(response ->
            response.body().map(body -> new Answer(response.statusCode(), body.toString())))
        .onSuccess(this::answered)
        .onFailure(failure ->
            caller.end(new Ending.Failed(url + " does not answer: " + failure.getMessage())));
  }

  private record Answer(int status, String body) {}

  private void answered(Answer answer) {
    if (answer.status() != 200) {
      caller.end(
          new Ending.Failed(document + " answered " + answer.status() + ": " + answer.body()));
      return;
    }
    try {
      Twiml twiml = Twiml.parse(answer.body());
      caller.recorder().event(Kind.TWIML, twiml.summary(), 0);
      ahead.clear();
      ahead.addAll(twiml.verbs());
      next();
    } catch (IOException e) {
      caller.end(new Ending.Failed(String.valueOf(e.getMessage())));
    }
  }

  private void next() {
    if (caller.ended().isDone()) {
      return;
    }
    if (caller.isHangingUp()) {
      caller.end(new Ending.ByCaller());
      return;
    }
    Twiml.Verb verb = ahead.poll();
    switch (verb) {
      case Twiml.Connect connect -> connect(connect);
      case Twiml.Redirect redirect -> fetch(document.resolve(redirect.url()));
      case Twiml.Dial dial -> caller.end(new Ending.Transferred(dial.number()));
      case Twiml.Other _ -> next();
      case Twiml.Hangup _ -> caller.end(new Ending.ByAgent());
      case null -> caller.end(new Ending.ByAgent());
    }
  }

  private void connect(Twiml.Connect connect) {
    URI url = document.resolve(connect.url());
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options.setURI(pathAndQuery(url));
    // Browsers send an origin, Twilio does not.
    options.setAllowOriginHeader(false);
    address(options, url);
    if (plan.access().authToken() != null) {
      String signature = CarrierSignature.of(plan.access().authToken(), url.toString(), Map.of());
      options.putHeader("X-Twilio-Signature", signature);
    }
    clients
        .webSocket()
        .connect(options)
        .onSuccess(socket -> open(socket, connect.parameters()))
        .onFailure(failure -> {
          caller.recorder().event(Kind.STREAM_REFUSED, String.valueOf(failure.getMessage()), 0);
          next();
        });
  }

  private void open(WebSocket socket, Map<String, String> parameters) {
    MediaStream stream = new MediaStream(vertx, socket, plan, caller.recorder());
    socket.closeHandler(_ -> {
      caller.streamClosed(socket.closeStatusCode() + " " + socket.closeReason());
      next();
    });
    stream.open(parameters);
    caller.streamOpened(stream);
  }

  private void address(RequestOptions options, URI url) {
    URI to = plan.access().connectTo() == null ? url : plan.access().connectTo();
    boolean isSecure = to.getScheme().equals("https") || to.getScheme().equals("wss");
    options.setHost(to.getHost()).setSsl(isSecure);
    options.setPort(to.getPort() >= 0 ? to.getPort() : isSecure ? 443 : 80);
  }

  private static String pathAndQuery(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private Map<String, String> form() {
    CallPlan.Identity identity = plan.identity();
    Map<String, String> form = new TreeMap<>();
    form.put("CallSid", identity.callSid());
    form.put("AccountSid", identity.accountSid());
    form.put("From", identity.from());
    form.put("To", identity.to());
    form.put("CallStatus", "in-progress");
    form.put("Direction", "inbound");
    form.put("ApiVersion", "2010-04-01");
    return form;
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
