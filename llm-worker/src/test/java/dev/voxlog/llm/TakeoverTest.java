package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Sentence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a successor finds in the log decides what it does: at every point of a tool call, and in
/// the midst of turns.
class TakeoverTest {
  private final CallLab call = CallLab.greeted();

  private void asksForTheOrder() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
  }

  private void asksForACallback() {
    call.says("please call me back", "callback").hearsAll();
    call.says("yes", "yes");
  }

  @Test
  void aWorkerThatDiesBeforeItsRequestIsInTheLogHasCalledNothingAndItsSuccessorCalls() {
    call.lab.holdAcknowledgements();
    asksForTheOrder();
    call.lab.takeOver();

    assertThat(call.tools.made).hasSize(1);
    assertThat(call.requested()).hasSize(1);
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aCallThatIsSafeToRepeatIsMadeAgainUnderTheSameKey() {
    call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.takeOver();

    assertThat(call.tools.made)
        .hasSize(2)
        .extracting(ScriptedTools.Made::key)
        .containsOnly("CA1/2/0");
    assertThat(call.requested()).hasSize(1);
    assertThat(call.done()).hasSize(1);
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aCallThatIsNotSafeToRepeatIsUncertainRatherThanRepeated() {
    CallLab once =
        new CallLab(
            Agents.acmeWith("createCallback", "repeatSafe: true", "repeatSafe: false"),
            CallLab.CALLER);
    once.attach();
    once.hearsAll().says("please call me back", "callback").hearsAll();
    once.tools.nextIsSlow();
    once.says("yes", "yes");
    once.lab.takeOver();

    assertThat(once.tools.made).hasSize(1);
    assertThat(once.done())
        .singleElement()
        .satisfies(done -> assertThat(done.outcome()).isEqualTo(Outcome.UNCERTAIN));
    assertThat(once.saidAll()).contains("can't say whether it went through");
  }

  static Stream<ToolAnswer> answersThatSettleNothing() {
    return Stream.of(ToolAnswer.of(Outcome.FAILED), new ToolAnswer(Outcome.REFUSED, null, true));
  }

  /// It fails, or meets the first one still at work.
  @ParameterizedTest
  @MethodSource("answersThatSettleNothing")
  void aRepetitionThatFailsLeavesOpenWhetherThePredecessorsCallWentThrough(ToolAnswer second) {
    call.says("please call me back", "callback").hearsAll();
    call.tools.nextIsSlow();
    call.says("yes", "yes");
    call.tools.nextIs(second);
    call.lab.takeOver();

    assertThat(call.tools.made)
        .hasSize(2)
        .extracting(ScriptedTools.Made::key)
        .containsOnly(call.requested().getFirst().idempotencyKey());
    assertThat(call.done()).extracting(ToolDone::outcome).containsExactly(Outcome.UNCERTAIN);
    assertThat(call.saidAll()).contains("can't say whether it went through");
  }

  @Test
  void aLookUpThatFailsWhenRepeatedHasFailedAndNoMore() {
    call.tools.nextIsSlow();
    asksForTheOrder();
    call.tools.nextIs(Outcome.FAILED);
    call.lab.takeOver();

    assertThat(call.done()).extracting(ToolDone::outcome).containsExactly(Outcome.FAILED);
  }

  @Test
  void aResultInTheLogIsUsedAndTheToolIsNotCalledAgain() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForACallback();
    answer.complete(new ToolAnswer(Outcome.OK, ScriptedTools.json("{\"id\":\"c1\"}")));
    int turn = call.turn();
    call.lab.takeOver();

    assertThat(call.tools.made).hasSize(1);
    assertThat(call.turn()).isEqualTo(turn);
    assertThat(call.saidAll()).startsWith("Done.");
  }

  @Test
  void aResultThatDidNotReachTheLogIsAskedForAgainUnderTheSameKey() {
    CompletableFuture<ToolAnswer> answer = call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.holdAcknowledgements();
    answer.complete(call.tools.known("45812"));
    call.lab.takeOver();

    assertThat(call.tools.made)
        .hasSize(2)
        .extracting(ScriptedTools.Made::key)
        .containsOnly("CA1/2/0");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aFillerThatWasSaidIsNotSaidAgain() {
    call.tools.nextIsSlow();
    asksForTheOrder();
    call.lab.advance(Duration.ofSeconds(1));
    call.lab.takeOver();
    call.lab.advance(Duration.ofSeconds(1));

    assertThat(call.said()).startsWith("Let me look that up.", "It has shipped.");
    assertThat(call.lab.emitted(Sentence.class))
        .extracting(Sentence::identity)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"INTENTS", "CALLS"})
  void turnsInTheLogAreNeitherRepeatedNorRenumberedWhateverOrderTheInputsComeIn(Topic first) {
    call.lab.holdCheckpoints();
    call.says("where is my order", "order_status");
    call.says("four five eight one two", "unsure", orderId("45812")).hearsAll();
    call.says("thank you", "thanks").hearsAll();
    call.isSilent(1).hearsAll();
    call.says("is there a person", "person");
    List<String> before =
        call.lab.emitted(Sentence.class).stream().map(Sentence::identity).toList();
    call.lab.takeOver(first);
    call.lab.work();
    call.lab.advance(Duration.ofSeconds(10));

    assertThat(call.lab.emitted(Sentence.class))
        .extracting(Sentence::identity)
        .containsExactlyElementsOf(before);
    assertThat(call.tools.made).hasSize(1);

    call.hearsAll().says("never mind", "cancel").hearsAll().says("thank you", "thanks");
    assertThat(call.ended()).hasSize(8);
    assertThat(call.saidAll()).startsWith("Happy to help.");
  }

  @Test
  void theDialogueGoesOnWhereItWas() {
    call.says("where is my order", "order_status").hearsAll();
    call.lab.takeOver();
    call.says("four five eight one two", "unsure", orderId("45812"));

    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aWishForAPersonStandsAfterATakeover() {
    call.says("is there a person", "person");
    call.hears(call.sentences().getFirst(), "I'll", false);
    call.lab.takeOver();
    call.rules(2, 0, Ruling.INTERRUPTED, 2).understood(2, "is one there", "unsure");

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void anUtteranceWithoutVerdictIsNotLost() {
    call.understood(1, "thank you", "thanks");
    call.lab.takeOver();
    call.rules(1, 0, Ruling.CLEAR);

    assertThat(call.saidAll()).startsWith("You're welcome.");
  }

  @Test
  void halfTypedDigitsAreNotLost() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("458");
    call.lab.takeOver();
    call.presses("12");

    assertThat(call.saidAll()).startsWith("It has shipped.");
  }
}
