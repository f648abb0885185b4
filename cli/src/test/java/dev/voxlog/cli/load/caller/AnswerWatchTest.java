package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.load.caller.AnswerWatch.Fate;
import org.junit.jupiter.api.Test;

/// What is an answer to a line and what is not; times are any.
class AnswerWatchTest {
  private final AnswerWatch watch = new AnswerWatch();

  private void speaks(int turn, long at, boolean isAgentHeard) {
    watch.audible(at, isAgentHeard);
    watch.mark("5.0/" + turn + ".0.0");
  }

  @Test
  void theFirstOfATurnThatBeginsAfterTheLineAnswersIt() {
    watch.lineBegins(false);
    watch.lineEnds(false);
    speaks(3, 700, false);
    speaks(3, 900, true);
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
    assertThat(watch.answeredAt()).isEqualTo(700);
  }

  @Test
  void aLineAfterWhichNothingComesIsMissed() {
    speaks(3, 100, false);
    watch.lineBegins(false);
    watch.lineEnds(false);
    assertThat(watch.fate()).isEqualTo(Fate.MISSED);
  }

  @Test
  void anAnswerToAFirstPartThatGoesOnIsNoAnswerToTheWhole() {
    watch.lineBegins(false);
    speaks(3, 400, false);
    watch.lineEnds(true);
    speaks(3, 600, true);
    assertThat(watch.fate()).isEqualTo(Fate.EARLY);
  }

  @Test
  void noPauseInItMakesItOne() {
    watch.lineBegins(false);
    speaks(3, 400, false);
    watch.lineEnds(true);
    speaks(3, 900, false);
    assertThat(watch.fate()).isEqualTo(Fate.EARLY);
  }

  @Test
  void audioWhoseMarkComesOnlyAfterTheLineBelongsToBefore() {
    watch.lineBegins(false);
    watch.audible(400, false);
    watch.lineEnds(true);
    speaks(3, 600, true);
    assertThat(watch.fate()).isEqualTo(Fate.EARLY);
    speaks(4, 800, true);
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
    assertThat(watch.answeredAt()).isEqualTo(800);
  }

  @Test
  void theAnswerToTheWholeCountsFromWhereItBegins() {
    watch.lineBegins(false);
    speaks(3, 400, false);
    watch.lineEnds(true);
    speaks(3, 600, true);
    watch.cleared(true);
    watch.mark("cleared-5");
    speaks(4, 1_100, false);
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
    assertThat(watch.answeredAt()).isEqualTo(1_100);
  }

  @Test
  void whatIsTakenBackWasNoAnswer() {
    watch.lineBegins(false);
    watch.lineEnds(false);
    speaks(3, 50, false);
    watch.cleared(true);
    assertThat(watch.fate()).isEqualTo(Fate.MISSED);
    speaks(4, 900, false);
    assertThat(watch.answeredAt()).isEqualTo(900);
  }

  @Test
  void aClearOfNothingTakesNothingBack() {
    watch.lineBegins(false);
    watch.lineEnds(false);
    speaks(3, 700, false);
    watch.cleared(false);
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void theEndOfTheAnswerBeforeIsNoAnswerAndNotEarlyEither() {
    speaks(3, 100, false);
    watch.lineBegins(true);
    speaks(3, 300, true);
    watch.lineEnds(true);
    speaks(3, 500, true);
    assertThat(watch.fate()).isEqualTo(Fate.MISSED);
    speaks(4, 900, false);
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void withoutMarksOnlyAClearTellsTheNextAnswerFromOneThatGoesOn() {
    watch.lineBegins(false);
    watch.audible(400, false);
    watch.lineEnds(true);
    watch.audible(600, true);
    assertThat(watch.fate()).isEqualTo(Fate.EARLY);
    watch.cleared(true);
    watch.audible(1_200, false);
    watch.mark("of-somebody-else");
    assertThat(watch.fate()).isEqualTo(Fate.ANSWERED);
    assertThat(watch.answeredAt()).isEqualTo(1_200);
  }
}
