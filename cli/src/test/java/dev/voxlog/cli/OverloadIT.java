package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More is asked of the recogniser than it can do: one thread, and seconds for each decode.
@Tag("long")
class OverloadIT {
  private static final int THANKS = 103;
  private static final int CALLERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void newCallsAreRefusedRunningOnesAreAnsweredAndThenCallsAreTakenAgain() {
    Map<String, String> more =
        Map.of(
            "engines.kind",
            "scripted",
            "engines.threads",
            "1",
            "engines.delay",
            "3s",
            "engines.phrases." + THANKS,
            "thank you very much");
    try (Estate estate = new Estate(folder, TestAgents.patient(folder), more)) {
      List<ScriptedTalk> running =
          IntStream.range(0, CALLERS).mapToObj(_ -> ScriptedTalk.begin(estate)).toList();
      running.forEach(talk -> talk.caller().say(ToneCode.encode(THANKS, 900)));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(estate.ingress().isTakingCalls()).as("takes calls").isFalse());
      TwilioCaller refused = estate.call();
      CallRecording nothing =
          refused.ended().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(ToneCode.ids(nothing.heard())).isEmpty();
      assertThat(estate.ingress().errorCounts()).containsEntry("refused-call", 1L);

      for (ScriptedTalk talk : running) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(estate.log().of(talk.id(), TranscriptEvent.Final.class))
                    .extracting(TranscriptEvent.Final::text)
                    .containsExactly("thank you very much"));
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(talk.heard())
                    .isEqualTo(ScriptedTalk.ids(talk.said()))
                    .hasSizeGreaterThan(greeting(estate)));
      }
      assertThat(finalsUnderstood(estate, running.getFirst().id())).isEqualTo(1);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(estate.ingress().isTakingCalls()).as("takes calls again").isTrue());
      ScriptedTalk late = ScriptedTalk.begin(estate);
      assertThat(late.heard()).hasSize(greeting(estate));
      assertThat(estate.log().of(Estate.idOf(refused), CallEvent.Started.class))
          .as("the call that was refused never was")
          .isEmpty();
      late.caller().hangUp().join();
      running.forEach(talk -> talk.caller().hangUp().join());
    }
  }

  private static int greeting(Estate estate) {
    return estate.agent().agent().greeting().sentences().size();
  }

  private static long finalsUnderstood(Estate estate, CallId call) {
    return estate.log().of(call, Understood.class).stream().filter(Understood::isFinal).count();
  }
}
