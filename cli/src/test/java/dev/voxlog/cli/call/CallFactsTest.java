package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.analytics.Turn;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallFactsTest {

  @Test
  void theAgentOwesATurnForEveryUtteranceWithWords() {
    assertThat(new Call().facts().isPending()).isFalse();
    assertThat(new Call().spoke(1, 0).facts().isPending()).isTrue();
    assertThat(new Call().said(1, 0, "hello", "greeting").facts().isPending()).isTrue();
    assertThat(new Call().said(1, 0, "hello", "greeting").turn(2, "Hello.", 1).facts().isPending())
        .isTrue();
    assertThat(
            new Call()
                .said(1, 0, "hello", "greeting")
                .turn(2, "Hello.", 1)
                .playing(2)
                .facts()
                .isPending())
        .isFalse();
  }

  @Test
  void nothingIsOwedForAFalseAlarm() {
    Call call =
        new Call()
            .said(1, 0, "hello", "greeting")
            .turn(2, "Hello.", 1)
            .playing(2)
            .said(2, 2_000, "mhm", "unsure");
    assertThat(call.facts().isPending()).isTrue();
    assertThat(call.ruled(2, 1, Ruling.RESUMED, 2).facts().isPending()).isFalse();
    assertThat(call.ruled(2, 2, Ruling.INTERRUPTED, 2).facts().isPending()).isTrue();
  }

  @Test
  void aToolWithoutAnAnswerIsWaitedFor() {
    Call call = new Call().said(1, 0, "order", "order_status").requested(2, 0, "getOrder");
    assertThat(call.facts().isPending()).isTrue();

    Call done =
        new Call()
            .said(1, 0, "order", "order_status")
            .tool(2, 0, "getOrder", "{}", Outcome.OK)
            .turn(2, "Shipped.", 1)
            .playing(2);
    assertThat(done.facts().isPending()).isFalse();
  }

  @Test
  void whatIsExpectedIsWhatTheLatestTurnSays() {
    assertThat(new Call().facts().expected()).isEqualTo(Answer.ANYTHING);
    assertThat(new Call().expects(2, Answer.DIGITS).expects(3, Answer.YES_NO).facts().expected())
        .isEqualTo(Answer.YES_NO);
  }

  @Test
  void anUtteranceBelongsToTheItemThatWasBeingSaid() {
    CallFacts facts =
        new Call()
            .said(1, 3_900, "first", "question")
            .said(2, 5_000, "more", "question")
            .said(3, 9_100, "yes", "yes")
            .turn(2, "Well.", 1, 2)
            .turn(3, "Good.", 3)
            .facts();

    assertThat(facts.utterancesIn(4_000, 9_000)).containsExactly(1, 2);
    assertThat(facts.utterancesIn(9_000, Double.POSITIVE_INFINITY)).containsExactly(3);
    assertThat(facts.words(List.of(1, 2))).containsExactly("first", "more");
    assertThat(facts.turnsOf(List.of(2))).extracting(Turn::number).containsExactly(2);
  }
}
