package dev.voxlog.testkit.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The smallest thing a carrier can call: two TwiML documents and a stream that keeps what it gets,
/// with arrival times.
final class AgentServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<Got> got = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  volatile String after = "<Response><Hangup/></Response>";
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private volatile @Nullable ServerWebSocket socket;
  private volatile String streamSid = "";

  record Got(long nanos, JsonNode json) {
    String event() {
      return json.path("event").asText();
    }
  }

  AgentServer() {
    server = vertx.createHttpServer().requestHandler(this::request);
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  URI voice() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/voice");
  }

  private void request(HttpServerRequest request) {
    if (request.path().equals("/stream")) {
      request.toWebSocket().onSuccess(this::opened);
      return;
    }
    request.body().onSuccess(body -> requests.add(request.path() + " " + body));
    String connect =
        "<Response><Connect><Stream url='ws://127.0.0.1:%d/stream'><Parameter name='agent' value='acme'/></Stream></Connect><Redirect>/after</Redirect></Response>"
            .formatted(server.actualPort());
    request.response().end(request.path().equals("/voice") ? connect : after);
  }

  private void opened(ServerWebSocket opened) {
    socket = opened;
    opened.textMessageHandler(text -> {
      JsonNode json = read(text);
      if (json.path("event").asText().equals("start")) {
        streamSid = json.path("streamSid").asText();
      }
      got.add(new Got(System.nanoTime(), json));
    });
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  void media(byte[] mulaw) {
    send("media\",\"media\":{\"payload\":\"" + Base64.getEncoder().encodeToString(mulaw) + "\"}");
  }

  void mark(String name) {
    send("mark\",\"mark\":{\"name\":\"" + name + "\"}");
  }

  void clear() {
    send("clear\"");
  }

  private void send(String rest) {
    var _ =
        open().writeTextMessage("{\"streamSid\":\"" + streamSid + "\",\"event\":\"" + rest + "}");
  }

  private ServerWebSocket open() {
    return Objects.requireNonNull(socket);
  }

  void closeStream() {
    var _ = open().close();
  }

  List<Got> got(String event) {
    return got.stream().filter(each -> each.event().equals(event)).toList();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
