package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.cli.settings.UserError;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final Duration FRAME = Duration.ofMillis(20);
  private static final Talk TALK = new Talk(Duration.ofMillis(1_200), Duration.ofSeconds(8), null);

  private static Timetable timetable(int calls) {
    return new Timetable(
        new Timetable.Step(calls, Duration.ofSeconds(10), Duration.ofSeconds(20), true),
        3,
        TALK,
        7);
  }

  @Test
  void theSameSeedGivesTheSameTimesAndAnotherOneOthers() {
    Timetable other =
        new Timetable(
            new Timetable.Step(50, Duration.ofSeconds(10), Duration.ofSeconds(20), true),
            3,
            TALK,
            8);
    assertThat(timetable(50).call(17)).isEqualTo(timetable(50).call(17));
    assertThat(other.call(17)).isNotEqualTo(timetable(50).call(17));
  }

  @Test
  void callsAreMadeEvenlyOverTheRamp() {
    assertThat(timetable(5).call(0).dialled()).isZero();
    assertThat(timetable(5).call(4).dialled()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void whileTheHeapIsLookedAtHalfOfTheCallsOrAllStandAndNobodyCallsOrTalks() {
    Timetable timetable = timetable(50);
    Duration lastOfHalf = timetable.call(24).begins();
    Duration firstOfRest = timetable.call(25).dialled();
    assertThat(timetable.halfIsIdle())
        .isGreaterThan(lastOfHalf.plus(Timetable.GREETING))
        .isLessThanOrEqualTo(firstOfRest.minus(Timetable.LOOKING));
    assertThat(timetable.allAreIdle())
        .isGreaterThan(timetable.call(49).begins().plus(Timetable.GREETING))
        .isLessThanOrEqualTo(timetable.talking().minus(Timetable.LOOKING));
  }

  @Test
  void aFewCallsDoNotWaitForALookAtTheHeap() {
    Timetable timetable = timetable(Timetable.FEWEST_FOR_HEAP - 1);
    assertThat(timetable.step().hasLooksAtHeap()).isFalse();
    assertThat(timetable.talking())
        .isEqualTo(timetable.step().ramp().plus(Timetable.CONNECTING).plus(Timetable.GREETING));
  }

  @Test
  void nobodyTalksBeforeAllCallsStandAndEverybodyHasBegunACycleLater() {
    Timetable timetable = timetable(100);
    Duration talking = timetable.talking().minus(FRAME);
    assertThat(talking).isGreaterThan(timetable.connected());
    for (int i = 0; i < 100; i++) {
      Timetable.Call call = timetable.call(i);
      Duration first = call.begins().plus(FRAME.multipliedBy(call.firstLine()));
      assertThat(first).isBetween(talking, talking.plus(TALK.every()).plus(FRAME.multipliedBy(2)));
    }
  }

  @Test
  void callersDoNotTalkInStep() {
    long starts =
        IntStream.range(0, 100)
            .mapToObj(i -> timetable(100).call(i))
            .map(call -> call.begins().plus(FRAME.multipliedBy(call.firstLine())).toMillis() / 100)
            .distinct()
            .count();
    assertThat(starts).isGreaterThan(40);
  }

  @Test
  void theWarmUpIsWholeCyclesThatAreNotMeasured() {
    Timetable timetable = timetable(1);
    assertThat(timetable.warmUpCycles()).isEqualTo(3);
    assertThat(timetable.isMeasured(2)).isFalse();
    assertThat(timetable.isMeasured(3)).isTrue();
    assertThat(timetable.isMeasured(5)).isTrue();
    assertThat(timetable.isMeasured(6)).isFalse();
    assertThat(timetable.measuredTo().minus(timetable.measuredFrom()))
        .isEqualTo(Duration.ofSeconds(24));
  }

  @Test
  void callersSayTheSameThingsEachInAnOrderOfItsOwn() {
    List<Integer> all = IntStream.range(0, 12).boxed().toList();
    List<List<Integer>> orders =
        IntStream.range(0, 20).mapToObj(i -> timetable(20).order(i, all)).toList();
    assertThat(orders)
        .allSatisfy(each -> assertThat(each).containsExactlyInAnyOrderElementsOf(all));
    assertThat(orders).doesNotHaveDuplicates();
    assertThat(timetable(20).order(3, all)).isEqualTo(orders.get(3));
  }

  @Test
  void whoBreaksInTalksTwiceInACycle() {
    Talk talk = new Talk(Duration.ofMillis(1_000), Duration.ofSeconds(9), Duration.ofMillis(1_500));
    assertThat(talk.lines())
        .containsExactly(new Talk.Line(0, 50, false), new Talk.Line(125, 175, true));
    assertThat(talk.frames()).isEqualTo(450);
  }

  @Test
  void aTimetableWithoutRoomForAnswersIsRefused() {
    assertThatThrownBy(() -> new Talk(Duration.ofMillis(1_200), Duration.ofMillis(1_400), null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--every");
    assertThatThrownBy(() -> new Talk(Duration.ofMillis(100), Duration.ofSeconds(8), null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--line");
    assertThatThrownBy(() -> new Talk(Duration.ofMillis(1_210), Duration.ofSeconds(8), null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("whole frames");
  }
}
