package dev.voxlog.cli.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.audio.G711;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Somebody else's agent on a media stream: greets with a tone, and answers every sound of the
/// caller, once it has been silent for 300 ms, with a quiet filler and then a loud answer. A caller
/// who speaks meanwhile clears what is being played.
final class ForeignAgent implements AutoCloseable {
  static final int ENDPOINT_MS = 300;
  static final int FILLER_MS = 400;
  static final int ANSWER_MS = 1_600;
  static final double FILLER = 0.05;
  static final double ANSWER = 0.4;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOUD = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private String streamSid = "";
  private int turn = 1;
  private int silentMs;
  private boolean hasSpoken;
  private long playsUntil;

  ForeignAgent() {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(socket -> socket.textMessageHandler(text -> received(socket, text)));
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  URI stream() {
    return URI.create("ws://127.0.0.1:" + server.actualPort() + "/twilio/stream");
  }

  private void received(ServerWebSocket socket, String text) {
    JsonNode message = read(text);
    switch (message.path("event").asText()) {
      case "start" -> {
        streamSid = message.path("streamSid").asText();
        play(socket, ANSWER, 600, 0);
      }
      case "media" ->
          heard(
              socket,
              G711.decodeMulaw(
                  Base64.getDecoder().decode(message.path("media").path("payload").asText())));
      default -> {}
    }
  }

  private void heard(ServerWebSocket socket, short[] frame) {
    boolean isLoud = false;
    for (short sample : frame) {
      isLoud |= Math.abs(sample) > LOUD;
    }
    silentMs = isLoud ? 0 : silentMs + 20;
    if (isLoud && !hasSpoken) {
      hasSpoken = true;
      if (System.nanoTime() < playsUntil) {
        send(socket, "clear\"");
        playsUntil = 0;
      }
    }
    if (hasSpoken && silentMs >= ENDPOINT_MS) {
      hasSpoken = false;
      turn++;
      play(socket, FILLER, FILLER_MS, 0);
      play(socket, ANSWER, ANSWER_MS, 1);
    }
  }

  private void play(ServerWebSocket socket, double level, int millis, int sentence) {
    for (int at = 0; at < millis; at += 200) {
      short[] tone = new short[1_600];
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (short) (level * Short.MAX_VALUE * Math.cos(2 * Math.PI * 500 * i / 8000));
      }
      send(
          socket,
          "media\",\"media\":{\"payload\":\""
              + Base64.getEncoder().encodeToString(G711.encodeMulaw(tone))
              + "\"}");
      send(
          socket,
          "mark\",\"mark\":{\"name\":\"7.0/" + turn + "." + sentence + "." + at / 200 + "\"}");
    }
    playsUntil = Math.max(System.nanoTime(), playsUntil) + millis * 1_000_000L;
  }

  private void send(ServerWebSocket socket, String rest) {
    var _ =
        socket.writeTextMessage("{\"streamSid\":\"" + streamSid + "\",\"event\":\"" + rest + "}");
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
