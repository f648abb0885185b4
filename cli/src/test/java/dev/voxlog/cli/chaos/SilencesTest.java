package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.chaos.Silences.LongWait;
import dev.voxlog.cli.chaos.Silences.Row;
import dev.voxlog.cli.chaos.Silences.Usual;
import dev.voxlog.cli.chaos.Silences.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final Usual USUAL = new Usual(500, 20);

  private static Instant at(long ms) {
    return TestCall.START.plusMillis(ms);
  }

  private static Wait answer(long from, long to) {
    return new Wait("call", true, at(from), at(to));
  }

  private static Fault.Done fault(String victim, Fault.Kind kind, long struck, long back) {
    Fault fault = new Fault(1, victim, 0, kind, Duration.ofMillis(struck), Duration.ZERO);
    return new Fault.Done(fault, at(struck), at(back));
  }

  private static Fault.Done kill(String victim, long struck, long back) {
    return fault(victim, Fault.Kind.KILL, struck, back);
  }

  @Test
  void aWaitIsFromTheEndOfALineToTheFirstSoundAndBetweenTheSoundsOfAnAnswer() {
    TestCall call = new TestCall().line(ChaosAgent.note(1_000, 900, "31726"));

    List<Wait> waits = Silences.of(call.witness());

    assertThat(waits).extracting(Wait::isForAnswer).containsExactly(true, false);
    assertThat(waits).extracting(Wait::millis).containsExactly(500L, 0L);
  }

  @Test
  void theUsualWaitIsTheMedian() {
    List<Wait> waits = List.of(answer(0, 400), answer(0, 500), answer(0, 9_000));
    assertThat(Usual.of(waits).answer()).isEqualTo(500);
  }

  @Test
  void whatIsLongerThanUsualSoonAfterAFaultIsAddedByIt() {
    List<Fault.Done> faults = List.of(kill("stt", 1_000, 7_000));
    List<Wait> waits = List.of(answer(500, 2_500), answer(3_900, 4_300), answer(4_500, 5_100));

    assertThat(Silences.table(waits, faults, USUAL))
        .containsEntry("stt KILL", new Row(1, 2, 750, 1_500, 1_500))
        .containsEntry(Silences.NO_FAULT, new Row(0, 1, 100, 0, 100));
  }

  @Test
  void theReturnOfWhatWasLostIsARowOfItsOwn() {
    List<Fault.Done> faults = List.of(kill("stt", 1_000, 7_000));
    List<Wait> waits = List.of(answer(6_500, 7_800));

    assertThat(Silences.table(waits, faults, USUAL))
        .containsEntry("stt back", new Row(0, 1, 800, 0, 800));
  }

  @Test
  void theLongestWaitsAreToldWithTheFaultsTheyMet() {
    List<Fault.Done> faults = List.of(kill("stt", 1_000, 7_000));
    List<Wait> waits = List.of(answer(500, 2_500), answer(3_900, 4_300), answer(9_000, 9_600));

    assertThat(Silences.longest(waits, faults, USUAL, 2))
        .containsExactly(
            new LongWait(waits.get(0), 1_500, List.of("stt KILL 1")),
            new LongWait(waits.get(2), 100, List.of()));
  }

  @Test
  void whoIsPausedIsWatchedUntilItGoesOn() {
    List<Fault.Done> faults = List.of(fault("tts", Fault.Kind.PAUSE, 1_000, 6_000));
    List<Wait> waits = List.of(answer(5_000, 6_600));

    assertThat(Silences.table(waits, faults, USUAL))
        .containsValue(new Row(1, 1, 1_100, 1_100, 1_100));
  }

  @Test
  void aPauseWithinAnAnswerCountsForTheUnluckiestAndTheWorst() {
    List<Fault.Done> faults = List.of(kill("egress", 1_000, 4_000));
    List<Wait> waits = List.of(new Wait("call", false, at(1_100), at(2_320)));

    assertThat(Silences.table(waits, faults, USUAL)).containsValue(new Row(1, 0, 0, 1_200, 1_200));
  }

  @Test
  void aFaultThatMeetsNobodyCountsAsNone() {
    List<Fault.Done> faults =
        List.of(
            kill("nlu", 1_000, 1_500), kill("nlu", 10_000, 10_500), kill("nlu", 20_000, 20_500));
    List<Wait> waits = List.of(answer(900, 3_400));

    assertThat(Silences.table(waits, faults, USUAL)).containsValue(new Row(3, 1, 2_000, 0, 2_000));
  }

  @Test
  void aWaitThatMetSeveralStagesIsNoOnesOwn() {
    List<Fault.Done> faults = List.of(kill("nlu", 1_000, 2_000), kill("tts", 1_500, 2_000));
    List<Wait> waits = List.of(answer(900, 3_400));

    assertThat(Silences.table(waits, faults, USUAL))
        .containsEntry("nlu KILL", new Row(1, 0, 0, 0, 0))
        .containsEntry("tts KILL", new Row(1, 0, 0, 0, 0))
        .containsEntry(Silences.SEVERAL, new Row(0, 1, 2_000, 0, 2_000));
  }

  @Test
  void stagesThatWereAskedToEndAreARowOfTheirOwn() {
    List<Fault.Done> faults =
        List.of(fault("tts", Fault.Kind.TERM, 1_000, 2_000), kill("tts", 10_000, 11_000));
    assertThat(Silences.table(List.of(), faults, USUAL)).containsOnlyKeys("tts TERM", "tts KILL");
  }

  @Test
  void waitsThatMetNoFaultAreTheCalmOnes() {
    Wait calm = answer(5_000, 5_500);
    List<Fault.Done> faults = List.of(kill("stt", 1_000, 2_000));
    assertThat(Silences.withoutFaults(List.of(answer(900, 3_000), calm), faults))
        .containsExactly(calm);
  }
}
