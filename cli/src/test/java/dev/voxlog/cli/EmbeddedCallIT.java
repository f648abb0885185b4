package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.Pcm;
import dev.voxlog.demo.DemoOrders;
import dev.voxlog.demo.Order;
import dev.voxlog.models.ModelStore;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.piper.SpeechRenderer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call with the built-in neural engines: a synthetic caller, in a voice that is not the agent's,
/// asks for an order.
@OnCluster
class EmbeddedCallIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CALLERS_SPEAKER = 300;

  @TempDir static Path folder;

  @Test
  void aSpokenQuestionIsHeardUnderstoodLookedUpAndAnsweredAloud() {
    Order order =
        DemoOrders.of(11, 6, LocalDate.now()).stream()
            .filter(each -> each.status().equals("shipped"))
            .findFirst()
            .orElseThrow();
    try (Estate estate = new Estate(folder, TestAgents.patient(folder), Map.of());
        SpeechRenderer callers =
            SpeechRenderer.load(ModelStore.fromEnvironment(), System.out::println)) {
      estate.acme().put(order);
      TwilioCaller caller = estate.call();
      CallId call = Estate.idOf(caller);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(estate.log().of(call, CallEvent.Heard.class)).isNotEmpty());
      caller.agentSilentFor(Duration.ofSeconds(1)).join();

      String spoken = String.join(", ", order.id().split(""));
      float[] question =
          callers.render(
              "Could you check my order for me? The number is " + spoken + ".",
              CALLERS_SPEAKER,
              1.0,
              8_000);
      caller.say(Pcm.toShorts(question)).join();
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
      List<String> said =
          log.of(call, TurnEvent.Sentence.class).stream().map(TurnEvent.Sentence::text).toList();
      assertThat(String.join(" ", said)).contains(order.item());
    }
  }
}
