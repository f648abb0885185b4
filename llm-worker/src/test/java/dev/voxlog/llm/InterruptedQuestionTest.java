package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.Entity;
import org.junit.jupiter.api.Test;

/// What becomes of a question when the caller speaks into it.
class InterruptedQuestionTest {
  private final CallLab call = CallLab.greeted();

  private CallLab interrupts(String text, String intent, Entity... entities) {
    int number = call.ended().getLast().utterances().getLast() + 1;
    call.hears(call.sentences().getFirst(), "Sure", false);
    call.rules(number, 0, Ruling.INTERRUPTED, call.turn());
    return call.understood(number, text, intent, entities);
  }

  @Test
  void aWishSpokenIntoTheSecondAskingOfAnOfferIsTakenUp() {
    call.tools.nextIs(Outcome.FAILED);
    call.says("order four five eight one two", "order_status", CallLab.orderId("45812")).hearsAll();
    call.says("the train leaves soon", "unsure").pauses();
    assertThat(call.saidAll()).isEqualTo("Sorry, was that a yes or a no?");

    interrupts("have somebody ring me later", "callback");
    assertThat(call.saidAll()).contains("Shall we call you on the number you're calling from?");
  }

  @Test
  void aFlowStandsWhenWordsWithoutSenseCutItsQuestionShort() {
    call.says("can someone call me back", "callback");
    interrupts("have to run", "unsure");
    call.hearsAll().says("yes please", "yes");

    assertThat(call.requested())
        .singleElement()
        .satisfies(request -> assertThat(request.tool()).isEqualTo("createCallback"));
  }

  @Test
  void aFlowsWishSaidAgainIsAskedTheSameQuestionAgainWithAllThatIsKnownByThen() {
    call.says("can someone call me back", "callback");
    interrupts("call me back tomorrow please", "callback", entity("date", "2026-01-02"));
    assertThat(call.saidAll())
        .isEqualTo(
            "Sure. Shall we call you on Friday, January 2, on the number you're calling from?");

    call.hearsAll().says("yes", "yes");
    assertThat(call.requested().getFirst().arguments()).contains("2026-01-02");
  }

  @Test
  void aYesOrNoNotUnderstoodIsAskedForWithTheQuestionItself() {
    call.says("can someone call me back", "callback").hearsAll();
    call.says("that is the news", "unsure").pauses();

    assertThat(call.saidAll())
        .isEqualTo(
            "Sorry, was that a yes or a no? Shall we call you on the number you're calling from?");
    call.hearsAll().says("yes", "yes");
    assertThat(call.requested().getFirst().tool()).isEqualTo("createCallback");
  }
}
