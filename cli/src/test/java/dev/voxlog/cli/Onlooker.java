package dev.voxlog.cli;

import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Whoever looks on over HTTP at what a node tells: its pages, the operator API, and what it says
/// to those who ask wrongly.
final class Onlooker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A page's policy has the name by which it was asked for.
  private static final String OWN_NAME = "(?i)content-security-policy: .*";

  private static final int ANSWERED_WITHIN_MS = 3_000;
  private static final List<String> PAGES =
      List.of("/", "/health", "/api/session", "/api/calls", "/api/calls?limit=500");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  Onlooker(int port) {
    this.port = port;
  }

  /// All that is answered, head and body, by what was asked: for what there is, and wrongly or for
  /// what there is not in every way that names `word`.
  Map<String, String> answers(String word) {
    Map<String, String> answers = new LinkedHashMap<>();
    PAGES.forEach(page -> answers.put(page, ask("GET " + page, "127.0.0.1", "", "")));
    String upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (String asked :
        List.of(
            "GET /%s",
            "GET /metrics?%s",
            "GET /health/%s",
            "GET /assets/%s.js",
            "GET /api/%s",
            "GET /api/calls?limit=%s",
            "GET /api/calls/%s/events",
            "DELETE /api/calls/%s",
            "GET /v1/realtime?agent=%s",
            "GET /twilio/%s",
            "GET /twilio/voice?%s",
            "POST /twilio/voice?agent=%s",
            "POST /twilio/after?%s")) {
      String line = asked.formatted(word);
      answers.put(line, ask(line, "127.0.0.1", "", word));
      answers.put(line + " from a page", page(line, word));
      answers.put(line + " upgraded", ask(line, "127.0.0.1", upgrade, ""));
      answers.put(line + " of another name", ask(line, word + ".example", "", ""));
    }
    answers.put("no request", raw(word + "\r\n\r\n"));
    answers.put("no header", raw("GET / HTTP/1.1\r\n" + word + "\r\n\r\n"));
    return answers;
  }

  private String page(String line, String word) {
    String headers =
        "Origin: https://%1$s.example\r\nAuthorization: Bearer %1$s\r\n".formatted(word);
    return ask(line, "127.0.0.1", headers, "");
  }

  private String ask(String line, String host, String headers, String form) {
    String close = headers.contains("Upgrade") ? "" : "Connection: close\r\n";
    return raw(
        "%s HTTP/1.1\r\nHost: %s\r\n%s%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(line, host, headers, close, form.length(), form));
  }

  private String raw(String request) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(ANSWERED_WITHIN_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException _) {
      // The node has said what it had to say, and keeps the connection.
    } catch (IOException e) {
      throw new IllegalStateException(request, e);
    }
    return answer.toString(StandardCharsets.UTF_8).replaceAll(OWN_NAME, "");
  }

  /// All that is told of the call, which is over.
  String story(CallId call) throws IOException, InterruptedException {
    return client
        .send(get("/api/calls/" + call + "/events"), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /// The stream of calls, as far as it tells of so many.
  List<String> calls(int many) {
    List<String> lines = new CopyOnWriteArrayList<>();
    var _ =
        client
            .sendAsync(get("/api/calls/stream"), HttpResponse.BodyHandlers.ofLines())
            .thenAcceptAsync(answer -> {
              try (Stream<String> body = answer.body()) {
                body.forEach(lines::add);
              }
            });
    await()
        .atMost(PATIENCE)
        .until(() -> lines.stream().filter(line -> line.startsWith("data: ")).count() >= many);
    return List.copyOf(lines);
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
