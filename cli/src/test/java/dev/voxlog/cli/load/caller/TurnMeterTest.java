package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// A caller's turns on a clock of the test's own, in milliseconds.
class TurnMeterTest {
  private static final long MS = 1_000_000;

  /// Three figures of a histogram.
  private static final Offset<Double> EXACT = within(1.0);

  private final Tally tally = new Tally();
  private final TurnMeter meter = new TurnMeter(tally);

  private void says(long from, long to) {
    meter.lineBegins(from * MS, true, false);
    meter.lineEnds(to * MS);
  }

  private void breaksIn(long from) {
    meter.lineBegins(from * MS, true, true);
  }

  private void hears(long at, long millis) {
    meter.audio(at * MS, millis * MS, 0);
  }

  private Measured measured() {
    meter.ends();
    return tally.snapshot();
  }

  @Test
  void theOverheadIsFromTheFirstSilentFrameToTheFirstAudibleOne() {
    says(1_000, 2_000);
    meter.audio(2_010 * MS, 20 * MS, 20 * MS);
    hears(2_030, 500);
    hears(2_050, 500);
    Measured measured = measured();
    assertThat(measured.answers().overhead().count()).isEqualTo(1);
    assertThat(measured.answers().overhead().max()).isCloseTo(30, EXACT);
    assertThat(measured.answers().unanswered().missed()).isZero();
  }

  @Test
  void aLineThatNothingAnswersIsMissed() {
    says(1_000, 2_000);
    says(5_000, 6_000);
    hears(6_020, 100);
    assertThat(measured().answers().unanswered().missed()).isEqualTo(1);
  }

  @Test
  void aLineOfTheWarmUpThatNothingAnswersIsCountedApart() {
    meter.lineBegins(1_000 * MS, false, false);
    meter.lineEnds(2_000 * MS);
    says(5_000, 6_000);
    hears(6_020, 100);
    Measured.Unanswered unanswered = measured().answers().unanswered();
    assertThat(unanswered).isEqualTo(new Measured.Unanswered(0, 1, 0));
  }

  @Test
  void theLastLineOfACallCanBeMissedToo() {
    says(1_000, 2_000);
    assertThat(measured().answers().unanswered().missed()).isEqualTo(1);
  }

  @Test
  void whatComesWhileTheCallerTalksAnswersNothing() {
    says(1_000, 2_000);
    hears(2_020, 100);
    meter.lineBegins(5_000 * MS, true, false);
    hears(5_500, 100);
    meter.lineEnds(6_000 * MS);
    Measured measured = measured();
    assertThat(measured.answers().overhead().count()).isEqualTo(1);
    assertThat(measured.answers().unanswered().early()).isEqualTo(1);
    assertThat(measured.answers().unanswered().missed()).isZero();
  }

  @Test
  void whatIsQuietBeforeAnAnswersFirstSoundIsWaitedFor() {
    says(1_000, 2_000);
    meter.audio(2_400 * MS, 20 * MS, 20 * MS);
    meter.audio(2_400 * MS, 20 * MS, 20 * MS);
    meter.audio(2_400 * MS, 20 * MS, 5 * MS);
    assertThat(measured().answers().overhead().max()).isCloseTo(445, EXACT);
  }

  @Test
  void answersThatAreMuchShorterThanTheOthersAreTold() {
    for (int i = 0; i < 5; i++) {
      says(i * 10_000 + 1_000, i * 10_000 + 2_000);
      hears(i * 10_000 + 2_020, 2_000);
      if (i != 3) {
        hears(i * 10_000 + 2_030, 2_000);
      }
    }
    Measured measured = measured();
    assertThat(measured.answers().lengths().percentile(50)).isCloseTo(4_000, within(10.0));
    assertThat(measured.answers().shorter()).isEqualTo(1);
  }

  @Test
  void aGapIsWhereAnAnswerWasNotThereToBePlayed() {
    says(1_000, 2_000);
    hears(2_020, 200);
    hears(2_300, 200);
    hears(2_310, 200);
    Measured measured = measured();
    assertThat(measured.answers().gaps().count()).isEqualTo(1);
    assertThat(measured.answers().gaps().max()).isCloseTo(80, EXACT);
    assertThat(measured.answers().gaps().above(60)).isEqualTo(1);
    assertThat(measured.answers().gaps().above(100)).isZero();
  }

  @Test
  void whatPartsTheAnswerFromAnotherTurnIsNoGap() {
    says(1_000, 2_000);
    hears(2_020, 200);
    meter.mark("5.0/3.0.0", 2_020 * MS);
    hears(2_300, 200);
    meter.mark("5.0/3.1.0", 2_300 * MS);
    hears(9_000, 200);
    meter.mark("5.0/4.0.0", 9_000 * MS);
    Measured measured = measured();
    assertThat(measured.answers().gaps().count()).isEqualTo(1);
    assertThat(measured.answers().gaps().max()).isCloseTo(80, EXACT);
  }

  @Test
  void theQuietBetweenTwoAnswersIsNoGap() {
    says(1_000, 2_000);
    hears(2_020, 200);
    says(5_000, 6_000);
    hears(6_020, 200);
    assertThat(measured().answers().gaps().count()).isZero();
  }

  @Test
  void whoBreaksInIsClearedAndYieldedToFromTheirFirstFrameOn() {
    says(1_000, 2_000);
    hears(2_020, 3_000);
    breaksIn(3_000);
    meter.cleared(3_250 * MS);
    meter.lineEnds(4_000 * MS);
    hears(4_030, 500);
    Measured measured = measured();
    assertThat(measured.bargeIns().clear().max()).isCloseTo(250, EXACT);
    assertThat(measured.bargeIns().yield().max()).isCloseTo(250, EXACT);
    assertThat(measured.bargeIns().notCleared()).isZero();
    assertThat(measured.answers().overhead().count()).isEqualTo(2);
  }

  @Test
  void aClearThatComesOnlyWhenTheLineIsOverIsOneAllTheSame() {
    says(1_000, 2_000);
    hears(2_020, 1_500);
    breaksIn(3_000);
    meter.lineEnds(3_400 * MS);
    hears(3_420, 1_000);
    meter.cleared(3_600 * MS);
    hears(3_650, 500);
    Measured measured = measured();
    assertThat(measured.bargeIns().clear().max()).isCloseTo(600, EXACT);
    assertThat(measured.bargeIns().yield().max()).isCloseTo(600, EXACT);
    assertThat(measured.bargeIns().notCleared()).isZero();
  }

  @Test
  void anAgentThatEndsByItselfHasYieldedWithoutAClear() {
    says(1_000, 2_000);
    hears(2_000, 1_100);
    breaksIn(3_000);
    meter.lineEnds(4_000 * MS);
    hears(4_020, 500);
    Measured measured = measured();
    assertThat(measured.bargeIns().clear().count()).isZero();
    assertThat(measured.bargeIns().yield().max()).isCloseTo(100, EXACT);
    assertThat(measured.bargeIns().notCleared()).isEqualTo(1);
  }

  @Test
  void breakingIntoSilenceIsNoBargeIn() {
    says(1_000, 2_000);
    hears(2_000, 500);
    breaksIn(3_000);
    meter.lineEnds(4_000 * MS);
    hears(4_020, 500);
    Measured measured = measured();
    assertThat(measured.bargeIns().intoSilence()).isEqualTo(1);
    assertThat(measured.bargeIns().yield().count()).isZero();
  }

  @Test
  void aLineOverAnAnswerThatIsStillHeardIsTold() {
    says(1_000, 2_000);
    hears(2_000, 4_000);
    says(5_000, 6_000);
    assertThat(measured().answers().talkedOver()).isEqualTo(1);
  }

  @Test
  void nothingOfTheWarmUpCounts() {
    meter.lineBegins(1_000 * MS, false, false);
    meter.lineEnds(2_000 * MS);
    hears(2_020, 100);
    hears(2_300, 100);
    meter.lineBegins(5_000 * MS, false, false);
    meter.lineEnds(6_000 * MS);
    Measured measured = measured();
    assertThat(measured.answers().overhead().count()).isZero();
    assertThat(measured.answers().gaps().count()).isZero();
    assertThat(measured.answers().unanswered().missed()).isZero();
  }

  @Test
  void aGeneratorWhoseFramesAreLateSaysSo() {
    for (int i = 0; i < 999; i++) {
      tally.sent(MS, true);
    }
    tally.sent(9 * MS, true);
    assertThat(tally.snapshot().isGeneratorLate()).isFalse();
    tally.sent(30 * MS, true);
    tally.sent(30 * MS, true);
    Measured late = tally.snapshot();
    assertThat(late.isGeneratorLate()).isTrue();
    assertThat(late.lateness().max()).isCloseTo(30, EXACT);
    tally.sent(90 * MS, false);
    assertThat(tally.snapshot().lateness().max()).as("of what is measured").isCloseTo(30, EXACT);
    assertThat(tally.frames()).as("all that went out").isEqualTo(1_003);
  }
}
