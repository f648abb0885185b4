package dev.voxlog.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// An ingress node over a log in memory, and a carrier to call it.
final class IngressFixture implements AutoCloseable {
  final MemoryLog log = new MemoryLog();
  final Switchboard switchboard = new Switchboard();
  final Ingress ingress;
  private final HttpClient http = HttpClient.newHttpClient();

  IngressFixture() {
    this(UnaryOperator.identity());
  }

  IngressFixture(UnaryOperator<IngressConfig> change) {
    this(change, Ingress.Idle.USUAL);
  }

  IngressFixture(UnaryOperator<IngressConfig> change, Ingress.Idle idle) {
    IngressConfig usual = IngressConfig.local(0, "acme@1").with(CardMask.agents("acme@1"));
    ingress = Ingress.start(change.apply(usual), log.asLog(), idle);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + ingress.port() + path);
  }

  TwilioCaller call() {
    return call(CallPlan.to(url("/twilio/voice")));
  }

  TwilioCaller call(CallPlan plan) {
    TwilioCaller caller = switchboard.call(plan);
    caller.connected().orTimeout(60, TimeUnit.SECONDS).join();
    return caller;
  }

  static CallId id(TwilioCaller caller) {
    return new CallId("twilio-" + caller.callSid());
  }

  CallEvent.Attached attached(TwilioCaller caller) {
    return log.of(id(caller), CallEvent.Attached.class).getLast();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String form, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path)).POST(HttpRequest.BodyPublishers.ofString(form));
    request.header("Content-Type", "application/x-www-form-urlencoded");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The status line that answers a request with the headers a browser would send, which Java's own
  /// client refuses to.
  String raw(String methodAndPath, String host, Map<String, String> headers) throws IOException {
    StringBuilder request = new StringBuilder(methodAndPath).append(" HTTP/1.1\r\nHost: ");
    request.append(host).append("\r\nContent-Length: 0\r\nConnection: close\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    try (Socket socket = new Socket("127.0.0.1", ingress.port())) {
      socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  @Override
  public void close() {
    switchboard.close();
    ingress.close();
  }
}
