package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker that takes a call over from one that was having a model answer.
class ThinkingTakeoverTest {
  private static final String OPEN = "which of your hoses would you pick for roses";

  private final ScriptedModel model = new ScriptedModel();
  private final CallLab call = CallLab.greeted(model, Scope.OPEN);

  @Test
  void nothingFollowsFromAnAnswerBeforeItIsInTheLog() {
    model.chooses("order_status", "{}").chooses("callback", "{}");
    CallLab all = CallLab.greeted(model, Scope.ALL);
    all.lab.holdAcknowledgements();
    all.says("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(all.requested()).isEmpty();
    assertThat(all.tools.made).isEmpty();
    all.lab.acknowledge();
    assertThat(all.tools.made).hasSize(1);
  }

  @Test
  void aSuccessorDoesWhatWasDecidedInTheMidstOfTheTurn() {
    model.chooses("order_status", "{}").chooses("callback", "{}");
    CallLab all = CallLab.greeted(model, Scope.ALL);
    all.tools.nextIsSlow();
    all.says("where is order four five eight one two", "order_status", orderId("45812"));
    all.lab.takeOver();
    all.lab.work();

    assertThat(model.asked).hasSize(1);
    assertThat(all.requested()).hasSize(1);
    assertThat(all.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aModelThatBeginsAnewAfterATakeoverIsNotHeardTwice() {
    model
        .stallsAfter("A soaker hose is kind to roses.", " It")
        .says("A soaker hose is kind to roses. It waters slowly.");
    call.says(OPEN, "unsure");
    call.lab.takeOver();
    call.lab.work();

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.", "It waters slowly.");
  }

  @Test
  void aTurnThatWasCutOffIsCutOffForTheSuccessorToo() {
    model.stallsAfter("A soaker hose is kind to roses.", " It").says("In red, too.").says("Wrong.");
    call.says(OPEN, "unsure");
    call.hears(call.sentences().getFirst(), "A soaker hose is kind to roses.", true);
    call.rules(2, 0, Ruling.INTERRUPTED, 2).understood(2, "also in red", "unsure");
    call.lab.takeOver();
    call.lab.work();

    assertThat(call.sentences(2)).hasSize(1);
    assertThat(call.said()).containsExactly("In red, too.");
    assertThat(model.asked).hasSize(2);
  }

  @Test
  void aSuccessorHasTheAnswerContinuedAfterTheSentencesThatAreInTheLog() {
    model.stallsAfter("A soaker hose is kind to roses.", " It").says("It waters slowly.");
    call.says(OPEN, "unsure");
    call.lab.takeOver();
    call.lab.work();

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.", "It waters slowly.");
    List<Message> asked = model.asked.getLast().messages();
    assertThat(asked).filteredOn(each -> each.text().contains(OPEN)).hasSize(1);
    assertThat(asked.get(asked.size() - 2))
        .isEqualTo(new Message(Role.ASSISTANT, "A soaker hose is kind to roses."));
  }

  @Test
  void anAnswerWhoseLastSentenceWasLostIsContinuedAlthoughTheLogHasItsDecision() {
    model.stallsAfter("A soaker hose is kind to roses.", " It").says("It waters slowly.");
    call.says(OPEN, "unsure");
    call.lab.give(
        new Decided(
            CallLab.ID,
            Instant.EPOCH,
            1,
            0,
            "scripted",
            2,
            null,
            null,
            Outcome.OK,
            List.of(1),
            0,
            0,
            0));
    call.lab.takeOver();
    call.lab.work();

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.", "It waters slowly.");
    assertThat(model.asked).hasSize(2);
  }

  @Test
  void aDecisionThatIsInTheLogIsNotMadeAgain() {
    model.chooses("order_status", "{\"orderId\":\"73190\"}");
    call.tools.nextIsSlow();
    call.says("and what about the one i told you of", "unsure").hearsAll().says("yes", "yes");
    assertThat(call.requested()).hasSize(1);
    call.lab.takeOver();
    call.lab.work();

    assertThat(model.asked).hasSize(1);
    assertThat(call.requested()).hasSize(1);
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void aFailureThatIsInTheLogIsAFailureForTheSuccessorToo() {
    model.breaksAfter().says("Too late.");
    call.says(OPEN, "unsure");
    call.lab.takeOver();
    call.lab.work();
    call.pauses();

    assertThat(call.saidAll()).contains("I can't help with that").doesNotContain("Too late");
  }
}
