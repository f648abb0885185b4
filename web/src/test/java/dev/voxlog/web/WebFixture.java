package dev.voxlog.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.PlainLogCodec;
import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.runtime.gate.Reach;
import dev.voxlog.runtime.gate.Visitors;
import dev.voxlog.schemas.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A web role without a log, told its records by the test, and a client of it.
final class WebFixture implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef";
  static final Visitors ANYBODY = new Visitors("web", List.of(), List.of());
  static final Visitors GUARDED =
      new Visitors("web", List.of(TOKEN), List.of("https://desk.example.com"));
  static final Web.Waits QUICK =
      new Web.Waits(
          Duration.ofMillis(300),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          new Streams.Limits(
              3,
              new EventStream.Pace(Duration.ofMillis(50), Duration.ofMillis(300)),
              Duration.ofMillis(50)));
  final CallBook book =
      new CallBook(new CallBook.Bounds(3, 64L << 20, 64L << 20), InstantSource.system());
  final Web web;
  private final HttpClient http = HttpClient.newHttpClient();

  WebFixture() {
    this(ANYBODY, null, QUICK);
  }

  WebFixture(Visitors visitors, @Nullable String realtimeUrl, Web.Waits waits) {
    this(visitors, realtimeUrl, waits, new ConnectionLimits("web", 100, 100, List.of()));
  }

  WebFixture(
      Visitors visitors,
      @Nullable String realtimeUrl,
      Web.Waits waits,
      ConnectionLimits connections) {
    WebConfig config =
        new WebConfig(
            new Reach("web", "127.0.0.1", 0, null),
            visitors,
            new WebConfig.Realtime(realtimeUrl, false),
            Duration.ofHours(1),
            3,
            connections,
            List.of("acme"),
            "1.2.3");
    LogFollower none =
        new LogFollower(
            () -> {
              throw new IllegalStateException("a test reads no log");
            },
            Topic::id,
            new PlainLogCodec(),
            Duration.ofHours(1),
            book::take);
    web = new Web(config, book, none, new PageFiles(files()), waits);
    web.listen();
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new HashMap<>();
    files.put("/index.html", bytes("<!doctype html>the page"));
    files.put("/assets/page-1a2b.js", bytes("plain script"));
    files.put("/assets/page-1a2b.js.br", bytes("brotli"));
    files.put("/assets/page-1a2b.js.gz", bytes("gzip"));
    files.put("/assets/page-1a2b.css", bytes("body {}"));
    return files;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void take(TestCall call) {
    call.records().forEach(record -> book.take(call.id, record));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).build());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// The lines of a stream as they come.
  List<String> follow(String path, String... headers) {
    List<String> lines = new CopyOnWriteArrayList<>();
    var _ =
        http.sendAsync(request(path, headers).build(), HttpResponse.BodyHandlers.ofLines())
            .thenAcceptAsync(answer -> {
              try (Stream<String> body = answer.body()) {
                body.forEach(lines::add);
              }
            });
    return lines;
  }

  static List<String> fields(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field + ": "))
        .map(line -> line.substring(field.length() + 2))
        .toList();
  }

  /// The status line and headers that answer a request for that host.
  String raw(String path, String host) throws IOException {
    try (Socket socket = open(path, host)) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) socket.getInputStream().read());
      }
      return head.toString();
    }
  }

  /// A client that has asked and reads nothing.
  Socket open(String path, String host) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(bytes(asking(path, host)));
    return socket;
  }

  /// A client that has asked for nothing yet.
  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", web.port()));
    return socket;
  }

  static String asking(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  int streams() {
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    web.health().describe(health);
    return health.path("streams").asInt();
  }

  @Override
  public void close() {
    web.close();
    http.shutdownNow();
  }
}
