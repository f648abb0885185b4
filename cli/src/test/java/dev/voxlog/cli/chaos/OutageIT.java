package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Prompts;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.StageName;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Broker, registry and workers, each a process of its own, are taken away in the middle of calls
/// and come back: nothing acknowledged is lost, every line is answered once.
@Tag("long")
class OutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final Duration STANDSTILL = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FRAME_MS = 20;

  /// Sentences in an answer.
  private static final int ANSWER = 2;

  private static final int HOLDING =
      ScriptedVoice.idOf(Prompts.DEFAULT.of(Prompt.HOLDING).toString());

  @TempDir static Path folder;
  private static OutageGround ground;

  @BeforeAll
  static void start() throws InterruptedException {
    ground = new OutageGround(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    ground.close();
  }

  @Test
  void aBrokerThatIsDeadForTenSecondsIsNoMoreThanAPause() {
    outage(() -> ground.broker().kill(), () -> ground.broker().startAgain());
  }

  @Test
  void aBrokerThatStandsStillForTenSecondsIsNoMoreThanAPause() {
    outage(() -> ground.broker().pause(), () -> ground.broker().resume());
  }

  /// One caller is being understood when the log goes away, another speaks while it is away.
  private static void outage(Runnable begin, Runnable end) {
    Phone before = ground.call();
    Phone during = ground.call();
    during.talks();
    Set<String> acknowledged = ground.records();
    before.saysAll();
    begin.run();
    Instant since = Instant.now();
    during.saysAll();
    passed(OUTAGE, since);
    end.run();
    List<Phone> both = List.of(before, during);
    both.forEach(Phone::hearsAnswer);
    both.forEach(Phone::talks);
    assertThatAllIsWell(both);
    assertThat(ground.records()).containsAll(acknowledged);
    both.forEach(call -> assertThatNoAudioIsMissingUntold(call.id()));
  }

  @Test
  void whileTheLogStaysAwayACallerIsAskedOnceToHoldTheLine() throws Exception {
    Phone call = ground.call(ground.ingressWith("ingress.holdAfter=2s"));
    call.talks();
    ground.broker().kill();
    call.saysAll();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(call.heard()).contains(HOLDING));
    passed(Duration.ofSeconds(5), Instant.now());
    ground.broker().startAgain();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(call.heard()).containsAll(call.wanted()));
    call.talks();

    List<Integer> wanted = new ArrayList<>(call.wanted());
    wanted.add(wanted.size() - 2 * ANSWER, HOLDING);
    assertThat(call.heard()).containsExactlyElementsOf(wanted);
    call.hangsUp();
  }

  @Test
  void aBrokerWhoseDiskIsFullEndsAndIsAnOutageUntilThereIsRoomAgain() throws Exception {
    Phone call = ground.call();
    call.talks();
    Set<String> acknowledged = ground.records();
    FullDisk.befalls(ground.broker().pid());
    call.saysAll();
    await().atMost(PATIENCE).until(() -> !ground.broker().isAlive());
    ground.broker().startAgain();
    call.hearsAnswer();
    call.talks();
    Phone later = ground.call();
    later.talks();
    assertThatAllIsWell(List.of(call, later));
    assertThat(ground.records()).containsAll(acknowledged);
  }

  private static void passed(Duration time, Instant since) {
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since.plus(time)));
  }

  @Test
  void whileTheRegistryIsAwayCallsGoOnAndAWorkerThatStartsWaitsForIt() throws Exception {
    Phone running = ground.call();
    running.talks();
    ground.killRegistry();
    running.talks();
    Phone begun = ground.call();
    begun.talks();

    ground.worker(StageName.NLU).kill();
    ChildProcess again = ground.startAgain(StageName.NLU);
    running.saysAll();
    again.await(Pattern.compile("registry .* does not answer .*; waiting"), PATIENCE);
    assertThat(again.isAlive()).isTrue();
    ground.startRegistryAgain();
    running.hearsAnswer();
    ground.awaitReady(StageName.NLU);
    begun.talks();
    assertThatAllIsWell(List.of(running, begun));
  }

  @Test
  void ofAnOutageThatOutlastsTheBufferTheRestIsToldAsAGap() {
    Phone call = ground.call();
    call.talks();
    ground.broker().kill();
    passed(OUTAGE.plusSeconds(5), Instant.now());
    ground.broker().startAgain();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(ground.audio(call.id()))
                .anyMatch(each ->
                    each instanceof CallerAudio.Gap gap && gap.reason().equals("not-written")));
    call.talks();
    assertThatAllIsWell(List.of(call));
    assertThatNoAudioIsMissingUntold(call.id());
  }

  @Test
  void aBrokerWithASlowDiskMakesAnswersLateAndLosesNothing() throws Exception {
    Phone running = ground.call();
    running.talks();
    Phone begun;
    try (AutoCloseable _ = ground.slowDisk()) {
      running.talks();
      begun = ground.call();
      begun.talks();
    }
    running.talks();
    assertThatAllIsWell(List.of(running, begun));
    assertThatNoAudioIsMissingUntold(running.id());
  }

  /// Two calls of the same process, one of which is being spoken to: another process goes on with
  /// both while theirs stands still, and when it wakes it says nothing.
  @ParameterizedTest
  @EnumSource(names = {"STT", "NLU", "LLM", "TTS", "EGRESS"})
  void aWorkerThatStandsStillForFifteenSecondsIsSucceededAndSaysNothingTwice(StageName stage)
      throws Exception {
    ground.startSecond(stage);
    List<Phone> all = Stream.generate(ground::call).limit(3).toList();
    List<Phone> together =
        all.stream()
            .collect(Collectors.groupingBy(call -> ground.placeOf(call, stage)))
            .values()
            .stream()
            .max(Comparator.comparingInt(List::size))
            .orElseThrow();
    Phone asking = together.getFirst();
    Phone hearing = together.getLast();
    Slot still = ground.placeOf(hearing, stage);
    hearing.saysAll();
    hearing.isSpokenTo(100);
    ground.process(still).pause();
    Instant since = Instant.now();
    asking.talks();
    hearing.hearsAnswer();
    ground.awaitSucceeded(still);
    passed(STANDSTILL, since);
    ground.process(still).resume();
    all.forEach(Phone::talks);
    assertThatAllIsWell(all);
    ground.stopSecond(stage);
  }

  private static void assertThatAllIsWell(List<Phone> calls) {
    assertThat(ground.ended()).isEmpty();
    assertThat(calls).allSatisfy(call -> assertThat(call.withoutStream()).isEmpty());
    Verdict verdict = ground.verdict(calls.stream().map(Phone::hangsUp).toList());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.calls()).isEqualTo(calls.size());
  }

  /// What follows another record begins where that ends, or before it.
  private static void assertThatNoAudioIsMissingUntold(CallId call) {
    long end = 0;
    for (CallerAudio audio : ground.audio(call)) {
      assertThat(audio.mediaMs()).as("%s", audio).isLessThanOrEqualTo(end + FRAME_MS);
      end = Math.max(end, audio.mediaMs() + length(audio));
    }
    assertThat(end).isPositive();
  }

  private static long length(CallerAudio audio) {
    return switch (audio) {
      case CallerAudio.Frame frame -> frame.codec().millis(frame.audio().length());
      case CallerAudio.Gap gap -> gap.durationMs() == null ? 0 : gap.durationMs();
      case CallerAudio.Committed _, CallerAudio.Cleared _, CallerAudio.End _ -> 0;
    };
  }
}
