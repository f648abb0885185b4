package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testkit.NodeJs;
import dev.voxlog.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The official `openai` package talks through all six stages over TLS, unchanged, and understands
/// all it is sent: two spoken turns, an interruption, a text, a cancel.
@OnCluster
@Timeout(300)
class RealtimeOfficialClientIT {
  private static final List<String> PACKAGES =
      List.of("openai@6.49.0", "ws@8.23.0", "typescript@7.0.2");
  private static final List<String> CHECK =
      List.of(
          "npx",
          "tsc",
          "--strict",
          "--noEmit",
          "--module",
          "nodenext",
          "--target",
          "es2022",
          "--skipLibCheck",
          "received.ts");
  private static final String SCRIPT = "realtime-client.mjs";
  private static final String TOKEN = "a-token-that-is-long-enough";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Half a frame of a telephone line.
  private static final long MOST_OFF_MS = 10;

  private static final String WHERE = "where is my order";
  private static final String THANKS = "thank you very much";

  @TempDir Path folder;

  @Test
  void theOfficialClientTalksInterruptsAndTypesAndEveryEventIsOfItsOwnTypes() throws Exception {
    assumeTrue(NodeJs.isThere(), "Node.js and npm are not on this machine");
    NodeJs node = new NodeJs(folder);
    CompletableFuture<Void> install = CompletableFuture.runAsync(() -> node.install(PACKAGES));
    TestCertificate certificate = TestCertificate.in(folder);
    TestOrders orders = TestOrders.ofToday();
    Order order = orders.shipped();
    String number = String.join(" ", order.id().split(""));
    Map<String, String> more = new HashMap<>();
    more.put("engines.kind", "scripted");
    more.put("ingress.tls.cert", certificate.cert().toString());
    more.put("ingress.tls.key", certificate.key().toString());
    more.put("ingress.realtime.tokens", TOKEN);
    more.put("engines.phrases." + speech("where", 101), WHERE);
    more.put("engines.phrases." + speech("number", 102), number);
    more.put("engines.phrases." + speech("thanks", 103), THANKS);
    try (Estate estate = new Estate(folder, TestAgents.patient(folder), more)) {
      orders.all().forEach(estate.acme()::put);
      install.join();
      String url = "https://localhost:" + estate.ingress().port() + "/v1";
      Map<String, String> trust = Map.of("NODE_EXTRA_CA_CERTS", certificate.cert().toString());
      String printed = node.script(getClass(), SCRIPT, trust, url, TOKEN, order.id());
      JsonNode seen = new ObjectMapper().readTree(printed);
      CallId call = new CallId(seen.path(0).at("/session/tracing/group_id").asText());

      assertThat(faults(seen)).containsExactly("unsupported_value session.tools");
      assertThat(statuses(seen))
          .containsExactly(
              "completed",
              "completed",
              "cancelled turn_detected",
              "completed",
              "completed",
              "cancelled client_cancelled");
      assertThat(transcripts(seen)).containsExactly(WHERE, number, THANKS);
      node.run(Map.of(), CHECK);
      WholeLog log = theLogHas(estate, call, List.of(WHERE, number, THANKS, WHERE, order.id()));
      whatWasHeardEndsWhereTheClientStopped(seen, log, call);
    }
  }

  private static void whatWasHeardEndsWhereTheClientStopped(
      JsonNode seen, WholeLog log, CallId call) {
    JsonNode stop = of(seen, "conversation.item.truncated").findFirst().orElseThrow();
    String item = stop.path("item_id").asText();
    int turn =
        log.of(call, CallEvent.Verdict.class).stream()
            .filter(verdict -> verdict.ruling() == Ruling.INTERRUPTED)
            .findFirst()
            .orElseThrow()
            .turn();
    Map<Integer, CallEvent.Heard> heard = new TreeMap<>();
    log.of(call, CallEvent.Heard.class).stream()
        .filter(part -> part.turn() == turn)
        .forEach(part ->
            heard.merge(part.sentence(), part, (old, last) -> last.n() > old.n() ? last : old));
    long heardMs = heard.values().stream().mapToLong(CallEvent.Heard::heardMs).sum();
    String words =
        heard.values().stream()
            .map(CallEvent.Heard::text)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining(" "));
    String toBeSaid =
        of(seen, "response.output_audio_transcript.done")
            .filter(done -> done.path("item_id").asText().equals(item))
            .findFirst()
            .orElseThrow()
            .path("transcript")
            .asText();
    String told =
        of(seen, "response.done")
            .map(done -> done.at("/response/output/0"))
            .filter(output -> output.path("id").asText().equals(item))
            .findFirst()
            .orElseThrow()
            .at("/content/0/transcript")
            .asText();

    assertThat(heardMs).isCloseTo(stop.path("audio_end_ms").asLong(), within(MOST_OFF_MS));
    assertThat(told).isEqualTo(words);
    assertThat(toBeSaid).startsWith(words);
    assertThat(words.length()).isLessThan(toBeSaid.length());
    assertThat(heard.values()).extracting(CallEvent.Heard::isWhole).contains(false);
  }

  private static WholeLog theLogHas(Estate estate, CallId call, List<String> words) {
    WholeLog log =
        await()
            .atMost(PATIENCE)
            .until(estate::log, read -> !read.of(call, CallEvent.Detached.class).isEmpty());
    assertThat(log.of(call, TranscriptEvent.Final.class))
        .extracting(TranscriptEvent.Final::text)
        .isEqualTo(words);
    assertThat(log.of(call, CallEvent.Verdict.class))
        .extracting(CallEvent.Verdict::ruling)
        .contains(Ruling.INTERRUPTED);
    assertThat(log.of(call, CallEvent.Cancelled.class)).hasSize(1);
    assertThat(log.of(call, CallEvent.Detached.class))
        .singleElement()
        .matches(CallEvent.Detached::isHangUp);
    return log;
  }

  /// Has the client say it as the tone of this id; gives the id.
  private int speech(String name, int tone) throws IOException {
    Files.write(folder.resolve(name + ".pcm"), RealtimeProgram.speech(tone));
    return tone;
  }

  // What the client saw.

  private static Stream<JsonNode> of(JsonNode received, String type) {
    return received.valueStream().filter(event -> event.path("type").asText().endsWith(type));
  }

  private static List<String> statuses(JsonNode received) {
    return of(received, "response.done")
        .map(event -> event.path("response"))
        .map(response ->
            response.path("status").asText()
                + " "
                + response.at("/status_details/reason").asText(""))
        .map(String::strip)
        .toList();
  }

  private static List<String> faults(JsonNode received) {
    return of(received, "error")
        .map(event -> event.at("/error/code").asText() + " " + event.at("/error/param").asText())
        .toList();
  }

  private static List<String> transcripts(JsonNode received) {
    return of(received, "input_audio_transcription.completed")
        .map(event -> event.path("transcript").asText())
        .toList();
  }
}
