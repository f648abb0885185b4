package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A call whose program says when what was said is to be answered.
class OnRequestTest {
  private final CallLab call = CallLab.answeredOnRequest();

  @Test
  void nothingIsAnsweredBeforeItIsAskedFor() {
    call.says("thank you", "thanks");
    call.lab.advance(Duration.ofSeconds(30));
    assertThat(call.turn()).isEqualTo(1);

    call.asks(1, 1);
    assertThat(call.said()).containsExactly("You're welcome.", "Is there anything else?");
  }

  @Test
  void aRequestMayComeBeforeTheWordsThatItIsFor() {
    call.asks(1, 1);
    assertThat(call.turn()).isEqualTo(1);

    call.says("thank you", "thanks");
    assertThat(call.turn()).isEqualTo(2);
  }

  @Test
  void oneRequestAnswersAllThatWasSaidBeforeItTogether() {
    call.says("where is my order", "order_status");
    call.says("it's four five eight one two", "unsure", orderId("45812"));
    call.asks(1, 2);

    assertThat(answers()).containsExactly(List.of(), List.of(1, 2));
  }

  @Test
  void whatIsSaidLaterIsNotAskedFor() {
    call.says("thank you", "thanks").asks(1, 1);
    call.hearsAll().says("connect me with a human", "person");
    assertThat(call.turn()).isEqualTo(2);

    call.asks(2, 2);
    assertThat(call.turn()).isEqualTo(3);
  }

  @Test
  void nothingIsAnsweredBeforeItsVerdictEither() {
    call.understood(1, "thank you", "thanks").asks(1, 1);
    assertThat(call.turn()).isEqualTo(1);

    call.rules(1, 0, Ruling.CLEAR);
    assertThat(call.turn()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"CALLS", "INTENTS"})
  void aSuccessorAnswersWhatWasAskedForAndNothingElse(Topic first) {
    call.says("thank you", "thanks").asks(1, 1);
    call.hearsAll().says("what can you do", "help");
    call.lab.takeOver(first);
    call.lab.work();
    assertThat(answers()).containsExactly(List.of(), List.of(1));

    call.asks(2, 2);
    assertThat(answers()).containsExactly(List.of(), List.of(1), List.of(2));
  }

  @Test
  void aSuccessorKnowsWhatWasAskedForBeforeTheWordsCame() {
    call.asks(1, 1);
    call.lab.takeOver();
    call.says("thank you", "thanks");

    assertThat(call.turn()).isEqualTo(2);
  }

  private List<List<Integer>> answers() {
    return call.lab.emitted(TurnEnded.class).stream().map(TurnEnded::utterances).toList();
  }
}
