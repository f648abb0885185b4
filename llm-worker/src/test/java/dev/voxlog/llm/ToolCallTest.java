package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ToolCallTest {
  private final CallLab call = CallLab.greeted();

  private void asksForTheOrder() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
  }

  @Test
  void noToolIsCalledBeforeItsRequestIsInTheLog() {
    call.lab.holdAcknowledgements();
    asksForTheOrder();

    assertThat(call.requested()).hasSize(1);
    assertThat(call.tools.made).isEmpty();

    call.lab.acknowledge();
    assertThat(call.tools.made)
        .singleElement()
        .satisfies(made -> assertThat(made.key()).isEqualTo("CA1/2/0"));
  }

  @Test
  void noResultIsUsedBeforeItIsInTheLog() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.holdAcknowledgements();
    answer.complete(call.tools.known("45812"));

    assertThat(call.done()).hasSize(1);
    assertThat(call.turn()).isEqualTo(1);

    call.lab.acknowledge();
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void requestAndResultAreRecordsWithTheKeyOfCallTurnAndNumber() {
    asksForTheOrder();

    assertThat(call.requested())
        .extracting(ToolRequested::idempotencyKey, ToolRequested::tool, ToolRequested::arguments)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("CA1/2/0", "getOrder", "{\"id\":\"45812\"}"));
    assertThat(call.done())
        .extracting(ToolDone::turn, ToolDone::n, ToolDone::outcome)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 0, Outcome.OK));
  }

  @Test
  void aSlowToolIsBridgedByAFillerAndOnlyOne() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.advance(Duration.ofMillis(799));
    assertThat(call.turn()).isEqualTo(1);

    call.lab.advance(Duration.ofSeconds(2));
    assertThat(call.sentences()).extracting(Sentence::text).containsExactly("Let me look that up.");
    assertThat(call.sentences()).extracting(Sentence::purpose).containsExactly(Purpose.FILLER);

    answer.complete(call.tools.known("45812"));
    assertThat(call.said()).startsWith("Let me look that up.", "It has shipped.");
    assertThat(call.done().getFirst().tookMs()).isEqualTo(2_799);
    assertThat(call.ended().getLast().sentences()).isEqualTo(call.said().size());
  }

  @Test
  void aQuickToolNeedsNoFiller() {
    asksForTheOrder();
    call.lab.advance(Duration.ofSeconds(5));

    assertThat(call.lab.emitted(Sentence.class))
        .noneMatch(each -> each.purpose() == Purpose.FILLER);
  }

  @Test
  void noToolIsCalledWhileThePartitionMayBeAnothersAlready() {
    call.lab.ownershipConfirmed(false);
    asksForTheOrder();
    call.lab.advance(Duration.ofSeconds(1));
    assertThat(call.tools.made).isEmpty();

    call.lab.ownershipConfirmed(true);
    call.lab.advance(Duration.ofMillis(100));
    assertThat(call.tools.made).hasSize(1);
    assertThat(call.saidAll()).contains("It has shipped.");
  }

  @Test
  void anOwnershipThatIsNeverConfirmedEndsInAnApology() {
    call.lab.ownershipConfirmed(false);
    asksForTheOrder();
    call.lab.advance(Duration.ofSeconds(5));

    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("I can't reach our order system right now.");
    assertThat(call.lab.emitted(CallEvent.Error.class))
        .singleElement()
        .satisfies(error -> assertThat(error.reason()).isEqualTo("tool not called"));
  }

  @Test
  void anInterruptedToolCallIsNotMadeAgainAndItsResultIsUsed() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    call.rules(2, 0, Ruling.CLEAR);
    call.understood(2, "please", "unsure");
    answer.complete(call.tools.known("45812"));

    assertThat(call.tools.made).hasSize(1);
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
  }

  @Test
  void aResultOfATurnThatIsOverIsRecordedButNotSpoken() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.advance(Duration.ofSeconds(1));
    call.presses("*");
    int turn = call.turn();
    answer.complete(call.tools.known("45812"));

    assertThat(call.done())
        .singleElement()
        .satisfies(done -> assertThat(done.outcome()).isEqualTo(Outcome.OK));
    assertThat(call.turn()).isEqualTo(turn);
    assertThat(call.lab.step().atRest()).isTrue();
  }

  @Test
  void aCallThatWasNotMadeYetIsNotMadeForATurnThatIsOver() {
    call.lab.ownershipConfirmed(false);
    asksForTheOrder();
    call.understood(2, "actually let me talk to a person", "person");
    call.rules(2, 0, Ruling.INTERRUPTED, 2);
    call.presses("*");
    call.lab.ownershipConfirmed(true);
    call.lab.advance(Duration.ofSeconds(1));

    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void anUncertainOutcomeIsToldAsSuchAndAPersonIsOffered() {
    call.says("please call me back", "callback").hearsAll();
    call.tools.nextIs(Outcome.UNCERTAIN);
    call.says("yes", "yes");

    assertThat(call.saidAll())
        .contains("can't say whether it went through")
        .endsWith("speak to a person?");
    assertThat(call.done().getLast().outcome()).isEqualTo(Outcome.UNCERTAIN);
  }

  @Test
  void aToolThatBreaksInsideIsAnOutcomeAndNotTheEndOfTheCall() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    answer.completeExceptionally(new IllegalStateException("bug"));

    assertThat(call.done().getLast().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(call.saidAll()).contains("I can't reach our order system right now.");
  }

  @Test
  void aToolThatNeverGivesAnAnswerIsAnOutcomeToo() {
    call.tools.nextIsSlow();
    asksForTheOrder();

    call.lab.advance(Duration.ofMinutes(1));

    assertThat(call.done()).extracting(ToolDone::outcome).containsExactly(Outcome.FAILED);
    assertThat(call.saidAll()).contains("sorry");
  }
}
