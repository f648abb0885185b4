package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No engine is waited for for ever.
class AskDeadlineTest {
  private static final CallId CALL = new CallId("call");

  private final HandClock clock = new HandClock();
  private final RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
  private final LoneCall call = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);

  @BeforeEach
  void start() {
    call.give(TestCalls.started(CALL));
  }

  @Test
  void anEngineThatGivesNoAnswerHasFailedAfterHalfAMinute() {
    recording.effects().ask("a", Effects.Urgency.NORMAL, _ -> "one");
    clock.advance(Duration.ofSeconds(29));
    assertThat(recording.failures).isEmpty();
    assertThat(call.asked()).containsExactly("a");
    clock.advance(Duration.ofSeconds(1));
    assertThat(recording.failures).singleElement().isInstanceOf(TimeoutException.class);
    assertThat(call.asked()).as("it is cancelled").isEmpty();
  }

  @Test
  void anAskMayAllowLessTimeOrMore() {
    recording.effects().ask("a", Effects.Urgency.NORMAL, Duration.ofSeconds(2), _ -> "one");
    recording.effects().ask("b", Effects.Urgency.NORMAL, Duration.ofMinutes(2), _ -> "two");
    clock.advance(Duration.ofMinutes(1));
    assertThat(recording.failures).hasSize(1);
    assertThat(call.asked()).containsExactly("b");
  }

  @Test
  void anAnswerAfterTheDeadlineIsDropped() {
    recording
        .effects()
        .ask(
            "a",
            Effects.Urgency.NORMAL,
            cancellation -> {
              clock.advance(Duration.ofMinutes(1));
              return "late, and told to stop: " + cancellation.isCancelled();
            });
    call.run("a");
    assertThat(recording.failures).hasSize(1);
    assertThat(recording.answers).isEmpty();
  }

  @Test
  void anAnswerOrACancellationEndsTheWait() {
    clock.advance(Duration.ofMinutes(1));
    int timers = clock.timers();
    recording.effects().ask("a", Effects.Urgency.NORMAL, _ -> "one");
    recording.effects().ask("b", Effects.Urgency.NORMAL, _ -> "two");
    call.run("a");
    recording.effects().cancel("b");
    clock.advance(Duration.ofMinutes(1));
    assertThat(recording.answers).containsExactly("a");
    assertThat(recording.failures).isEmpty();
    assertThat(clock.timers()).isEqualTo(timers);
  }

  @Test
  void ofWorkWhoseTimeIsUpNoThreadIsCountedOn() {
    recording.effects().ask("hung", Effects.Urgency.NORMAL, _ -> "never");
    recording.effects().ask("done", Effects.Urgency.NORMAL, _ -> "one");
    recording.effects().ask("cancelled", Effects.Urgency.NORMAL, _ -> "never");
    call.run("done");
    recording.effects().cancel("cancelled");
    clock.advance(Duration.ofSeconds(29));
    assertThat(call.givenUp()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(call.givenUp()).containsExactlyInAnyOrder("hung", "cancelled");
  }

  @Test
  void whatRunsElsewhereIsWaitedForAsLongAsItSays() {
    CompletableFuture<String> never = new CompletableFuture<>();
    recording.effects().await("a", Duration.ofSeconds(5), never);
    clock.advance(Duration.ofSeconds(6));
    assertThat(recording.failures).hasSize(1);
    never.complete("late");
    assertThat(recording.answers).isEmpty();
  }

  @Test
  void aHungEngineDoesNotHoldTheSafePointForEver() {
    call.give(TestCalls.frame(CALL, 1, 0));
    recording.effects().safePoint(Topic.AUDIO_IN, 0);
    recording.effects().ask("hung", Effects.Urgency.NORMAL, _ -> "never");
    clock.advance(Duration.ofSeconds(29));
    assertThat(call.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(0);
    clock.advance(Duration.ofSeconds(2));
    assertThat(call.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(99);
  }
}
