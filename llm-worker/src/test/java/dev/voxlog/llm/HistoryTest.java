package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History(List.of());

  private static Heard heard(int turn, int sentence, String text, boolean isWhole) {
    return new Heard(
        CallLab.ID, Instant.EPOCH, turn, sentence, 1, text, 900, isWhole, Evidence.ACKED);
  }

  private static SpokenTurn turn(int number, String... sentences) {
    SpokenTurn turn = new SpokenTurn(number, "tool", "where is it", List.of());
    for (String each : sentences) {
      turn = turn.saying(each, Purpose.ANSWER);
    }
    return turn;
  }

  @Test
  void aTurnHoldsWhatTheCallerHeardOfItAndNotWhatWasSent() {
    history.put(turn(2, "It has shipped.", "It comes on Friday."));
    history.heard(heard(2, 0, "It has shipped.", true));
    history.heard(heard(2, 1, "It comes", false));

    assertThat(history.turn(2).orElseThrow().sentences())
        .extracting(SpokenTurn.Spoken::heard, SpokenTurn.Spoken::isWhole)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("It has shipped.", true),
            org.assertj.core.groups.Tuple.tuple("It comes", false));
  }

  @Test
  void nothingIsHeardBeforePlaybackSaysSo() {
    history.put(turn(2, "It has shipped."));

    assertThat(history.turn(2).orElseThrow().sentences())
        .extracting(SpokenTurn.Spoken::heard)
        .containsOnly("");
  }

  @Test
  void whatWasHeardOfATurnThatIsWorkedOutAgainLaterIsNotLost() {
    history.heard(heard(2, 0, "It has", false));
    history.heard(heard(2, 0, "It has shipped.", true));
    history.put(turn(2, "It has shipped."));

    assertThat(history.turn(2).orElseThrow().sentences().getFirst().heard())
        .isEqualTo("It has shipped.");
  }

  @Test
  void aTurnThatNobodyHeardIsForgottenWhenItIsTakenBackAndOneThatWasIsNot() {
    history.put(turn(2, "It has shipped."));
    history.put(turn(3, "You're welcome."));
    history.heard(heard(3, 0, "You're", false));
    history.forget(2);
    history.forget(3);

    assertThat(history.kept()).extracting(SpokenTurn::turn).containsExactly(3);
  }

  @Test
  void onlyTheLatestTurnsAreKept() {
    for (int number = 1; number <= 40; number++) {
      history.put(turn(number, "Hello."));
    }

    assertThat(history.kept())
        .hasSize(12)
        .last()
        .satisfies(last -> assertThat(last.turn()).isEqualTo(40));
  }
}
