package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallId;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator API on ingress's port, while a program talks through all six stages.
@OnCluster
class WebIT {
  private static final int WHERE_IS_MY_ORDER = 101;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Estate estate;
  private static Order order;
  private static HttpClient http;

  /// An event of a stream.
  private record Told(String id, String name, JsonNode data) {}

  @BeforeAll
  static void start() {
    TestOrders orders = TestOrders.ofToday();
    order = orders.shipped();
    estate =
        Estate.scripted(
            folder, orders, Map.of(WHERE_IS_MY_ORDER, "where is my order"), ScriptedVoice.WORD);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.shutdownNow();
    estate.close();
  }

  private static HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + estate.ingress().port() + path))
        .build();
  }

  private static String get(String path) throws Exception {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static List<String> follow(String path) {
    List<String> lines = new CopyOnWriteArrayList<>();
    var _ =
        http.sendAsync(request(path), HttpResponse.BodyHandlers.ofLines())
            .thenAcceptAsync(answer -> {
              try (Stream<String> body = answer.body()) {
                body.forEach(lines::add);
              }
            });
    return lines;
  }

  private static List<Told> told(List<String> lines) {
    List<Told> told = new ArrayList<>();
    String id = "";
    String name = "";
    for (String line : List.copyOf(lines)) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        told.add(new Told(id, name, json(line.substring(6))));
      }
    }
    return told;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> of(List<Told> told, String name) {
    return told.stream().filter(each -> each.name().equals(name)).map(Told::data).toList();
  }

  @Test
  void theApiTellsAWholeCallLiveAndAfterwards() throws Exception {
    List<String> rows = follow("/api/calls/stream");
    CallId call;
    List<String> live;
    try (RealtimeProgram program = new RealtimeProgram(estate.ingress().port())) {
      program.awaits(0, "session.created");
      program.send("{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\"}}");
      program.awaits(0, "session.updated");
      call = program.call();
      live = follow("/api/calls/" + call + "/events");
      program.listens().awaits(0, "response.done");
      int spoken = program.told();
      program.says(WHERE_IS_MY_ORDER).awaits(spoken, "response.done");
      int typed = program.told();
      program.types(order.id()).awaits(typed, "response.done");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(told(live)).extracting(Told::name).contains("tool", "waterfall"));
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told(live)).extracting(Told::name).endsWith("end"));

    List<Told> story = told(live);
    assertThat(story)
        .extracting(Told::name)
        .startsWith("started", "attached")
        .containsSubsequence(
            "sentence", "playing", "final", "understood", "tool", "heard", "ended");
    assertThat(of(story, "final"))
        .extracting(said -> said.path("text").asText())
        .containsExactly("where is my order", order.id());
    assertThat(of(story, "final").getLast().path("typed").asBoolean()).isTrue();
    assertThat(of(story, "tool"))
        .extracting(tool -> tool.path("state").asText())
        .containsExactly("requested", "done");
    assertThat(of(story, "waterfall"))
        .extracting(turn -> turn.path("turn").asInt())
        .contains(1, 2, 3);
    assertThat(of(story, "waterfall")).allMatch(turn -> turn.path("totalMs").asDouble() > 0);

    List<String> again = follow("/api/calls/" + call + "/events");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told(again)).extracting(Told::name).endsWith("end"));
    assertThat(told(again)).containsAll(lasting(story));

    JsonNode row = json(get("/api/calls")).path("calls").path(0);
    assertThat(row.path("callId").asText()).isEqualTo(call.value());
    assertThat(row.path("carrier").asText()).isEqualTo("realtime");
    assertThat(row.path("live").asBoolean()).isFalse();
    assertThat(row.path("turns").asInt()).isEqualTo(3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told(rows).getLast().data()).isEqualTo(row));
  }

  /// What is told later as well: of interim words only those that nothing has replaced are.
  private static List<Told> lasting(List<Told> story) {
    return story.stream()
        .filter(each -> !each.name().equals("interim") && !each.name().equals("end"))
        .toList();
  }

  @Test
  void thePageOrWordThatItIsMissingIsOnIngresssPortBesideItsHealth() throws Exception {
    assertThat(get("/")).containsAnyOf("<!doctype html>", "without its page");
    assertThat(json(get("/health")).path("status").asText()).isEqualTo("up");
    assertThat(json(get("/api/session")).path("agents").path(0).path("name").asText())
        .isEqualTo(estate.agent().agent().name());
    assertThat(json(get("/api/session")).path("realtime").asText()).isEqualTo("/v1/realtime");
  }
}
