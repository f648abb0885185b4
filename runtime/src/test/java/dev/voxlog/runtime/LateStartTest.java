package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.Understanding.Understood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Between topics there is no order: records of a call may come before its STARTED, and even long
/// before.
class LateStartTest {
  private static final CallId CALL = new CallId("call");

  private final HandClock clock = new HandClock();
  private final LoneCall call = new LoneCall(new EchoStage(), CALL, TestCalls.AGENTS, clock);

  private static List<Integer> understood(LoneCall call) {
    while (!call.asked().isEmpty()) {
      call.run(call.asked().iterator().next());
    }
    return call.written().stream()
        .filter(Understood.class::isInstance)
        .map(event -> ((Understood) event).utterance())
        .toList();
  }

  @Test
  void aLateStartedOpensTheCallAndOnlyWhatWaitedTooLongIsPutAside() {
    call.give(TestCalls.words(CALL, 1));
    clock.advance(Duration.ofMillis(1500));
    call.give(TestCalls.words(CALL, 2));
    clock.advance(Duration.ofMillis(1000));
    assertThat(call.deadLetters()).containsExactly("call never started");
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 3));
    assertThat(understood(call)).containsExactly(2, 3);
    assertThat(call.deadLetters()).hasSize(1);
  }

  @Test
  void aStartedAfterTheLastRecordWasPutAsideOpensTheCallToo() {
    call.give(TestCalls.words(CALL, 1));
    clock.advance(Duration.ofMinutes(1));
    call.give(TestCalls.words(CALL, 2));
    clock.advance(Duration.ofMinutes(1));
    assertThat(call.deadLetters()).hasSize(2);
    assertThat(call.neededFrom(Topic.TRANSCRIPTS, 99)).isEqualTo(99);
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 3));
    assertThat(understood(call)).containsExactly(3);
  }

  @Test
  void aCallWhoseAgentFileComesLateIsOpenedByItsNextRecord() {
    AtomicBoolean isThere = new AtomicBoolean();
    LoneCall late =
        new LoneCall(
            new EchoStage(),
            CALL,
            key -> isThere.get() ? TestCalls.AGENTS.find(key) : Optional.empty(),
            clock);
    late.give(TestCalls.started(CALL));
    clock.advance(Duration.ofSeconds(3));
    assertThat(late.deadLetters()).containsExactly("unknown agent file");
    isThere.set(true);
    late.give(TestCalls.words(CALL, 1));
    assertThat(understood(late)).containsExactly(1);
  }

  @Test
  void audioThatWaitsForStartedCountsTowardsTheCallsBound() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall early = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    for (int n = 0; n < 1_600; n++) {
      early.give(TestCalls.frame(CALL, 1, n));
    }
    early.give(TestCalls.started(CALL));
    assertThat(recording.handled).hasSize(1_500 + 1);
    early.give(TestCalls.frame(CALL, 1, 1_600));
    assertThat(recording.handled.get(1_501)).isInstanceOf(CallerAudio.Gap.class);
  }

  @Test
  void theGapOfWhatWasLeftOutWaitsForStartedInItsPlace() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall early = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    for (int n = 0; n < 1_600; n++) {
      early.give(TestCalls.frame(CALL, 1, n));
    }
    clock.advance(Duration.ofSeconds(3));
    assertThat(early.deadLetters()).hasSize(1_500);
    early.give(TestCalls.frame(CALL, 1, 1_600));
    early.give(TestCalls.started(CALL));
    assertThat(recording.handled).hasSize(3);
    assertThat(recording.handled.getFirst())
        .isInstanceOfSatisfying(
            CallerAudio.Gap.class, gap -> assertThat(gap.durationMs()).isEqualTo(2_000));
    assertThat(recording.handled.get(1)).isEqualTo(TestCalls.frame(CALL, 1, 1_600));
  }

  @Test
  void aCallThatIsNotKnownYetHoldsItsRecordsThoughNoAudioComesForLong() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall early = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    early.callsAreBehind(true);
    early.give(TestCalls.frame(CALL, 1, 0));
    clock.advance(Duration.ofSeconds(20));
    assertThat(early.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(0);
    early.callsAreBehind(false);
    early.give(TestCalls.started(CALL));
    assertThat(recording.handled).contains(TestCalls.frame(CALL, 1, 0));
  }
}
