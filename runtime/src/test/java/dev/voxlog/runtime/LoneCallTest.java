package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoneCallTest {
  private static final CallId CALL = new CallId("call");

  private final HandClock clock = new HandClock();
  private final EchoStage stage = new EchoStage();
  private final LoneCall call = new LoneCall(stage, CALL, TestCalls.AGENTS, clock);

  static List<Long> seeds() {
    return Seeds.all();
  }

  private static void work(LoneCall call) {
    for (Set<String> asked = call.asked(); !asked.isEmpty(); asked = call.asked()) {
      call.run(asked.iterator().next());
    }
  }

  private static List<Integer> answered(LoneCall call) {
    return call.written().stream()
        .filter(Understood.class::isInstance)
        .map(event -> ((Understood) event).utterance())
        .toList();
  }

  private static List<Integer> numbers(LoneCall call) {
    return call.written().stream()
        .filter(Understood.class::isInstance)
        .map(event -> (int) ((Understood) event).confidence())
        .toList();
  }

  /// As after a takeover, where another call holds the commit back.
  @Test
  void whatIsReadOnceMoreOfACallThatIsOverIsNotPutAside() {
    call.give(TestCalls.words(CALL, 1));
    call.give(TestCalls.attached(CALL, 1));
    call.give(TestCalls.ended(CALL));
    clock.advance(Duration.ofSeconds(3));
    assertThat(call.deadLetters()).isEmpty();
    assertThat(call.isOver()).isTrue();
  }

  @Test
  void recordsWaitForStartedAndAreThenHandledInOrder() {
    call.give(TestCalls.words(CALL, 1));
    call.give(TestCalls.words(CALL, 2));
    clock.advance(Duration.ofSeconds(1));
    call.give(TestCalls.started(CALL));
    work(call);
    assertThat(answered(call)).containsExactly(1, 2);
    assertThat(call.deadLetters()).isEmpty();
  }

  @Test
  void recordsOfACallThatNeverStartsArePutAsideAfterTwoSeconds() {
    call.give(TestCalls.words(CALL, 1));
    clock.advance(Duration.ofMillis(1900));
    assertThat(call.deadLetters()).isEmpty();
    clock.advance(Duration.ofMillis(300));
    assertThat(call.deadLetters()).containsExactly("call never started");
  }

  @Test
  void anAgentFileThatNobodyKnowsIsTheReasonToldAfterTwoSeconds() {
    LoneCall stranger = new LoneCall(stage, CALL, _ -> Optional.empty(), clock);
    stranger.give(TestCalls.started(CALL));
    clock.advance(Duration.ofMillis(2200));
    assertThat(stranger.deadLetters()).containsExactly("unknown agent file");
  }

  @Test
  void aRecordThatComesAgainIsDropped() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    work(call);
    call.give(TestCalls.words(CALL, 1));
    work(call);
    assertThat(answered(call)).containsExactly(1);
  }

  @Test
  void aCallAtRestHoldsNoSafePointOnceItsCheckpointIsWritten() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    assertThat(call.neededFrom(Topic.TRANSCRIPTS, 99)).isEqualTo(0);
    call.holdAcknowledgements();
    work(call);
    assertThat(call.neededFrom(Topic.TRANSCRIPTS, 99)).isEqualTo(0);
    call.acknowledge();
    assertThat(call.neededFrom(Topic.TRANSCRIPTS, 99)).isEqualTo(99);
  }

  @Test
  void aCallThatFallsSilentIsCheckpointedWithoutAnotherRecord() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.attached(CALL, 1));
    assertThat(call.neededFrom(Topic.CALLS, 99)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(31));
    assertThat(call.neededFrom(Topic.CALLS, 99)).isEqualTo(99);
  }

  @Test
  void theSecondWorkerGoesOnFromTheLogAndRepeatsNothing() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    work(call);
    call.give(TestCalls.words(CALL, 2));
    call.takeOver(null);
    work(call);
    call.give(TestCalls.words(CALL, 3));
    work(call);
    assertThat(answered(call)).containsExactly(1, 2, 3);
    assertThat(numbers(call)).containsExactly(1, 2, 3);
  }

  /// The second worker rests before it has been given the inputs again, and must not let go of what
  /// the first one wrote.
  @Test
  void theThirdWorkerKnowsWhatTheFirstWroteThoughTheSecondDidNothing() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    call.give(TestCalls.words(CALL, 2));
    call.run(call.asked().iterator().next());
    call.takeOver(Topic.CALLS);
    call.takeOver(Topic.CALLS);
    work(call);
    assertThat(answered(call)).containsExactly(1, 2);
  }

  @Test
  void inputsThatTheCheckpointKnowsAreNotHandledAgain() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    call.give(TestCalls.words(CALL, 2));
    work(call);
    call.takeOver(Topic.TRANSCRIPTS);
    assertThat(call.asked()).isEmpty();
  }

  /// Whatever is lost, held back or taken over: each utterance is answered once, and counted once.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyUtteranceIsAnsweredOnceHoweverOftenTheWorkerDies(long seed) {
    Random random = new Random(seed);
    call.give(TestCalls.started(CALL));
    int said = 0;
    for (int n = 0; n < 60; n++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> call.give(TestCalls.words(CALL, ++said));
        case 2, 3 -> {
          if (!call.asked().isEmpty()) {
            call.run(call.asked().iterator().next());
          }
        }
        case 4 -> call.holdAcknowledgements();
        case 5 -> call.acknowledge();
        case 6 -> clock.advance(Duration.ofSeconds(random.nextInt(40)));
        default -> call.takeOver(random.nextBoolean() ? Topic.CALLS : Topic.TRANSCRIPTS);
      }
    }
    call.acknowledge();
    work(call);
    List<Integer> expected = IntStream.rangeClosed(1, said).boxed().toList();
    assertThat(answered(call)).isEqualTo(expected);
    assertThat(numbers(call)).isEqualTo(expected);
    assertThat(call.deadLetters()).isEmpty();
  }

  @Test
  void ofTwoAttachesTheEarlierIsVoidOnceTheLaterHasSpoken() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall heard = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    heard.give(TestCalls.started(CALL));
    heard.give(TestCalls.frame(CALL, 1, 0));
    heard.give(TestCalls.frame(CALL, 2, 0));
    heard.give(TestCalls.frame(CALL, 1, 1));
    heard.give(TestCalls.attached(CALL, 2));
    heard.give(new CallEvent.Detached(CALL, TestCalls.AT, 1, false, "dropped", 40));
    assertThat(recording.handled)
        .containsExactly(
            TestCalls.started(CALL),
            TestCalls.frame(CALL, 1, 0),
            TestCalls.frame(CALL, 2, 0),
            TestCalls.attached(CALL, 2));
    recording.handled.clear();
    heard.takeOver(null);
    assertThat(recording.handled)
        .containsExactly(
            TestCalls.frame(CALL, 1, 0), TestCalls.frame(CALL, 2, 0), TestCalls.attached(CALL, 2));
  }

  @Test
  void aKeyOfAnEarlierAttachIsVoidForASuccessorToo() {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    LoneCall restored = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    restored.give(TestCalls.started(CALL));
    restored.give(TestCalls.attached(CALL, 2));
    clock.advance(Duration.ofSeconds(31));
    restored.takeOver(null);
    recording.handled.clear();
    restored.give(new CallEvent.Dtmf(CALL, TestCalls.AT, 1, 0, "1", 40));
    assertThat(recording.handled).isEmpty();
    restored.give(new CallEvent.Dtmf(CALL, TestCalls.AT, 2, 0, "2", 60));
    assertThat(recording.handled).hasSize(1);
  }

  @Test
  void theFirstStartedPinsTheAgentFile() {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    LoneCall pinned = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    pinned.give(TestCalls.started(CALL));
    CallEvent.Started first = TestCalls.started(CALL);
    pinned.give(
        new CallEvent.Started(
            CALL,
            first.at(),
            "test",
            "again",
            "inbound",
            null,
            null,
            "other@1",
            first.parameters()));
    assertThat(recording.view().started().agent()).isEqualTo(TestCalls.AGENT.key());
  }

  @Test
  void errorsAreNumberedOnAfterATakeover() {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    LoneCall failing = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    failing.give(TestCalls.started(CALL));
    recording.effects().error("one", "");
    failing.takeOver(null);
    recording.effects().error("two", "");
    assertThat(failing.written())
        .filteredOn(CallEvent.Error.class::isInstance)
        .extracting(VoxEvent::identity)
        .containsExactly("errornlu.0", "errornlu.1");
  }

  @Test
  void whatMustNotPrecedeItsRecordWaitsForTheBroker() {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    LoneCall waiting = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    waiting.give(TestCalls.started(CALL));
    waiting.holdAcknowledgements();
    recording.effects().error("first", "");
    recording.effects().written("logged");
    assertThat(recording.answers).isEmpty();
    waiting.acknowledge();
    assertThat(recording.answers).containsExactly("logged");
  }

  @Test
  void aCancelledOrReplacedRequestIsNeverAnswered() {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    LoneCall asking = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    asking.give(TestCalls.started(CALL));
    recording.effects().ask("a", Effects.Urgency.NORMAL, _ -> "one");
    recording.effects().cancel("a");
    recording.effects().timer("t", Duration.ofSeconds(1));
    recording.effects().timer("t", Duration.ofSeconds(3));
    assertThat(asking.asked()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(recording.answers).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(recording.answers).containsExactly("t");
  }

  @Test
  void aCallThatFallsFarBehindLosesAudioAndSaysSo() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall slow = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    slow.give(TestCalls.started(CALL));
    slow.holdMailbox();
    for (int n = 0; n < 1_600; n++) {
      slow.give(TestCalls.frame(CALL, 1, n));
    }
    slow.releaseMailbox();
    slow.give(TestCalls.frame(CALL, 1, 1_600));
    assertThat(recording.handled).hasSize(1 + 1_500 + 1 + 1);
    assertThat(recording.handled.get(1_501))
        .isInstanceOfSatisfying(
            CallerAudio.Gap.class,
            gap -> {
              assertThat(gap.mediaMs()).isEqualTo(30_000);
              assertThat(gap.durationMs()).isEqualTo(2_000);
            });
    assertThat(slow.written())
        .filteredOn(CallEvent.Error.class::isInstance)
        .extracting(event -> ((CallEvent.Error) event).reason())
        .containsExactly("mailbox full");
  }

  @Test
  void aCallWithoutAudioForTenSecondsHoldsNoSafePoint() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall quiet = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    quiet.give(TestCalls.started(CALL));
    quiet.give(TestCalls.frame(CALL, 1, 0));
    recording.effects().safePoint(Topic.AUDIO_IN, 0);
    clock.advance(Duration.ofSeconds(9));
    assertThat(quiet.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(0);
    clock.advance(Duration.ofSeconds(2));
    assertThat(quiet.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(99);
    quiet.give(TestCalls.frame(CALL, 1, 1));
    assertThat(quiet.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(1);
  }

  @Test
  void aCallWithoutAudioHoldsItsSafePointWhileAnEngineWorksForIt() {
    RecordingStage recording = new RecordingStage(Topic.AUDIO_IN, Topic.CALLS);
    LoneCall quiet = new LoneCall(recording, CALL, TestCalls.AGENTS, clock);
    quiet.give(TestCalls.started(CALL));
    quiet.give(TestCalls.frame(CALL, 1, 0));
    recording.effects().safePoint(Topic.AUDIO_IN, 0);
    recording.effects().ask("engine", Effects.Urgency.NORMAL, _ -> "words");
    clock.advance(Duration.ofSeconds(11));
    assertThat(quiet.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(0);
    quiet.run("engine");
    assertThat(quiet.neededFrom(Topic.AUDIO_IN, 99)).isEqualTo(99);
  }

  @Test
  void aStepIsClosedWhenItsCallIsOverAndHearsNothingAfter() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.ended(CALL));
    call.give(TestCalls.words(CALL, 1));
    assertThat(call.asked()).isEmpty();
    assertThat(call.isOver()).isTrue();
    assertThat(stage.closed).containsExactly(CALL);
  }
}
