package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Wav;
import dev.voxlog.demo.DemoOrders;
import dev.voxlog.demo.Order;
import dev.voxlog.models.ModelStore;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testkit.NodeJs;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.piper.SpeechRenderer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls with the built-in neural engines: a synthetic caller, in a voice that is not the agent's,
/// on the telephone and at the page in a browser.
@OnCluster
class EmbeddedCallIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path PAGE = Path.of("..", "web", "page");
  private static final int CALLERS_SPEAKER = 300;
  private static final int TELEPHONE = 8_000;
  private static final int MICROPHONE = 48_000;

  @TempDir static Path folder;
  private static Estate estate;
  private static SpeechRenderer callers;
  private static Order order;

  @BeforeAll
  static void start() {
    order =
        DemoOrders.of(11, 6, LocalDate.now()).stream()
            .filter(each -> each.status().equals("shipped"))
            .findFirst()
            .orElseThrow();
    estate = new Estate(folder, TestAgents.patient(folder), Map.of());
    estate.acme().put(order);
    callers = SpeechRenderer.load(ModelStore.fromEnvironment(), System.out::println);
  }

  @AfterAll
  static void stop() {
    callers.close();
    estate.close();
  }

  private static float[] question(int sampleRate) {
    String spoken = String.join(", ", order.id().split(""));
    return speech("Please tell me where order number " + spoken + " is.", sampleRate);
  }

  private static float[] speech(String text, int sampleRate) {
    return callers.render(text, CALLERS_SPEAKER, 1.0, sampleRate);
  }

  @Test
  void aSpokenQuestionIsHeardUnderstoodLookedUpAndAnsweredAloud() {
    TwilioCaller caller = estate.call();
    CallId call = Estate.idOf(caller);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(estate.log().of(call, CallEvent.Heard.class)).isNotEmpty());
    caller.agentSilentFor(Duration.ofSeconds(1)).join();

    caller.say(Pcm.toShorts(question(TELEPHONE))).join();
    caller
        .agentAnswered(Duration.ofSeconds(1))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(estate.log().done(call))
                .anyMatch(done -> done.outcome() == CallEvent.Outcome.OK));
    caller.agentSilentFor(Duration.ofSeconds(1)).join();
    caller.hangUp().join();
    WholeLog log = estate.log();
    assertThat(log.of(call, TranscriptEvent.Final.class)).isNotEmpty();
    assertThat(said(log, call)).contains(order.item());
  }

  /// The microphone hears a file that does not wait for anybody: the second question comes six
  /// seconds after the first, into an answer that is longer than that.
  @Test
  void threeTurnsAreSpokenToThePageInABrowserAndOneCutsTheAgentShort() throws IOException {
    assumeTrue(NodeJs.isThere(), "Node.js and npm are not on this machine");
    assumeTrue(Files.exists(PAGE.resolve("node_modules")), "the page was left out of this build");
    Path microphone = folder.resolve("microphone.wav").toAbsolutePath();
    write(
        microphone,
        List.of(
            silence(9),
            question(MICROPHONE),
            silence(6),
            speech("If I don't like it, how many days do I have to bring it back?", MICROPHONE),
            silence(14),
            speech("And how long is the warranty on a lawn mower?", MICROPHONE),
            silence(60)));
    Map<String, String> variables =
        Map.of(
            "VOXLOG_NODE",
            "http://127.0.0.1:" + estate.ingress().port(),
            "VOXLOG_MICROPHONE",
            microphone.toString());
    String printed =
        new NodeJs(PAGE).run(variables, List.of("npm", "run", "--silent", "test:real"));
    System.out.println(printed);
    assumeFalse(printed.contains("SKIPPED"), "Chromium is not on this machine");

    WholeLog log = estate.log();
    CallId call =
        log.events().stream()
            .filter(CallEvent.Started.class::isInstance)
            .map(VoxEvent::callId)
            .filter(each -> each.value().startsWith("realtime-"))
            .toList()
            .getLast();
    assertThat(log.done(call)).anyMatch(done -> done.outcome() == CallEvent.Outcome.OK);
    assertThat(said(log, call)).contains(order.item(), "thirty days");
    assertThat(log.of(call, CallEvent.Verdict.class))
        .extracting(CallEvent.Verdict::ruling)
        .contains(Ruling.INTERRUPTED);
    assertThat(log.of(call, CallEvent.Heard.class)).anyMatch(heard -> !heard.isWhole());
    assertThat(log.of(call, CallEvent.Detached.class))
        .singleElement()
        .matches(CallEvent.Detached::isHangUp);
  }

  private static String said(WholeLog log, CallId call) {
    return log.of(call, TurnEvent.Sentence.class).stream()
        .map(TurnEvent.Sentence::text)
        .collect(Collectors.joining(" "));
  }

  private static float[] silence(int seconds) {
    return new float[seconds * MICROPHONE];
  }

  private static void write(Path file, List<float[]> parts) throws IOException {
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    new Wav(MICROPHONE, new float[][] {all.array()}).write(file);
  }
}
