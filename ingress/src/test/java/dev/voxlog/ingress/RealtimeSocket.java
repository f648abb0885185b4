package dev.voxlog.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A program's end of a Realtime session, on Java's own WebSocket.
final class RealtimeSocket implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> events = new CopyOnWriteArrayList<>();
  volatile int closeCode;
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  RealtimeSocket(URI http) {
    this(http, Map.of());
  }

  RealtimeSocket(URI http, @Nullable String token) {
    this(http, token == null ? Map.of() : Map.of("Authorization", "Bearer " + token));
  }

  RealtimeSocket(URI http, Map<String, String> headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(builder::header);
    socket =
        builder.buildAsync(URI.create(http.toString().replaceFirst("http", "ws")), this).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    text.append(data);
    if (isLast) {
      try {
        events.add(JSON.readTree(text.toString()));
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    return null;
  }

  void send(String fields) {
    socket.sendText("{" + fields.replace('\'', '"') + "}", true).join();
  }

  /// One message, cut into these.
  void send(List<String> fragments) {
    for (int i = 0; i < fragments.size(); i++) {
      socket.sendText(fragments.get(i), i == fragments.size() - 1).join();
    }
  }

  long count(String type) {
    return events.stream().filter(event -> type(event).equals(type)).count();
  }

  void goodbye() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  void abort() {
    socket.abort();
  }

  boolean hasSeen(String type) {
    return events.stream().anyMatch(event -> type(event).equals(type));
  }

  static String type(JsonNode event) {
    return event.path("type").asText();
  }

  String firstError() {
    return events.stream()
        .filter(event -> event.path("type").asText().equals("error"))
        .map(event -> event.at("/error/code").asText())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    socket.abort();
  }
}
