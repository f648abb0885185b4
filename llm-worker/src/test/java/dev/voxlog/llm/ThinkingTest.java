package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.chat.ChatRequest.Function;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A language model answers what is open; what must be exact stays the flows'.
class ThinkingTest {
  private static final String OPEN = "which of your hoses would you pick for roses";

  private final ScriptedModel model = new ScriptedModel();
  private final CallLab call = CallLab.greeted(model, Scope.OPEN);

  private List<Decided> decided(CallLab of) {
    return of.lab.emitted(Decided.class);
  }

  private static String last(ScriptedModel of) {
    return of.asked.getLast().messages().getLast().text();
  }

  @Test
  void anOpenQuestionIsAnsweredSentenceBySentence() {
    model.says("A soak", "er hose", " is kind to", " roses. It", " waters slowly", ".");
    call.says(OPEN, "unsure");

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.", "It waters slowly.");
    assertThat(call.ended().getLast().route()).isEqualTo("llm");
    assertThat(call.next()).isEqualTo(Next.LISTEN);
    assertThat(decided(call))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.sentences()).isEqualTo(2);
          assertThat(each.function()).isNull();
          assertThat(each.outcome()).isEqualTo(Outcome.OK);
          assertThat(each.promptTokens()).isEqualTo(120);
        });
  }

  @Test
  void aSentenceIsSaidBeforeTheNextOneIsThere() {
    model.stallsAfter("A soaker hose is kind to roses.", " It");
    call.says(OPEN, "unsure");

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.");
    assertThat(call.ended()).hasSize(1);
  }

  @Test
  void aWishThatIsUnderstoodHereDoesNotWaitForTheModel() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(model.asked).isEmpty();
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void askedForAllTheModelChoosesTheFlowWhichIsAsExactAsEver() {
    CallLab all = CallLab.greeted(model, Scope.ALL);
    model.chooses("order_status", "{\"orderId\":\"45812\"}");
    all.says("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(all.tools.made)
        .singleElement()
        .satisfies(made -> assertThat(made.arguments().toString()).isEqualTo("{\"id\":\"45812\"}"));
    assertThat(all.saidAll()).startsWith("It has shipped. Your toaster");
    assertThat(all.requested()).hasSize(1);
  }

  @Test
  void aToolIsCalledOnceThoughTheCallerInterruptsMeanwhile() {
    CallLab all = CallLab.greeted(model, Scope.ALL);
    model.chooses("order_status", "{}").chooses("order_status", "{}");
    var answer = all.tools.nextIsSlow();
    all.says("where is order four five eight one two", "order_status", orderId("45812"));
    all.rules(2, 0, Ruling.INTERRUPTED, 2)
        .understood(2, "the order four five eight one two", "order_status", orderId("45812"));
    answer.complete(all.tools.known("45812"));
    all.lab.work();

    assertThat(all.tools.made).hasSize(1);
    assertThat(all.requested()).hasSize(1);
    assertThat(all.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aValueThatOnlyTheModelHasIsReadBackBeforeItIsUsed() {
    model.chooses("order_status", "{\"orderId\":\"73190\"}");
    call.says("and what about the one i told you of", "unsure");

    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("7 3 1 9 0").contains("Is that right?");
    call.hearsAll().says("yes", "yes");
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void whatIsNoValueOfTheSlotIsAskedFor() {
    model.chooses("order_status", "{\"orderId\":\"all of them'; DROP TABLE\"}");
    call.says("and what about the one i told you of", "unsure");

    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("What's your five digit order number?");
  }

  @Test
  void aFunctionThatTheAgentHasNotIsNoAnswerAndTheDialogueGoesOnWithoutTheModel() {
    model.chooses("refund_everything", "{}");
    call.says(OPEN, "unsure").pauses();

    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("I can't help with that");
  }

  @Test
  void theModelMayConnectTheCallerWithAPersonOrEndTheCall() {
    model.chooses("connect_with_person", "{}");
    call.says("i want someone who can decide that", "unsure");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);

    ScriptedModel other = new ScriptedModel().chooses("end_call", "{}");
    CallLab leaving = CallLab.greeted(other, Scope.OPEN);
    leaving.says("so then i shall let you go", "unsure");
    assertThat(leaving.next()).isEqualTo(Next.HANG_UP);
  }

  @Test
  void whereTheModelFailsTheLocalDialogueAnswers() {
    model.breaksAfter();
    call.says(OPEN, "unsure").pauses();

    assertThat(call.saidAll()).contains("I can't help with that");
    assertThat(decided(call)).singleElement().matches(each -> each.outcome() == Outcome.FAILED);
    assertThat(call.lab.emitted(CallEvent.Error.class))
        .extracting(CallEvent.Error::reason)
        .containsExactly("language model failed");
  }

  @Test
  void wholeSentencesOfAnAnswerThatBreaksOffStand() {
    model.breaksAfter("A soaker hose is kind to roses.", " It wat");
    call.says(OPEN, "unsure");

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.");
    assertThat(call.ended()).hasSize(2);
  }

  @Test
  void aSlowModelIsBridgedOnce() {
    model.stallsAfter();
    call.says(OPEN, "unsure");
    call.lab.advance(Duration.ofSeconds(2));

    assertThat(call.sentences())
        .singleElement()
        .satisfies(each -> assertThat(each.purpose()).isEqualTo(Purpose.FILLER));
  }

  @Test
  void whatTheCallerAddsEndsTheRequestAtTheModel() {
    model.stallsAfter("A soaker hose is kind to roses.", " It").says("For roses, a soaker hose.");
    call.says(OPEN, "unsure");
    call.rules(2, 0, Ruling.INTERRUPTED, 2).understood(2, "i mean red ones", "unsure");

    assertThat(model.streams.getFirst().isClosed).isTrue();
    assertThat(call.said()).containsExactly("For roses, a soaker hose.");
    assertThat(model.asked).hasSize(2);
  }

  @Test
  void whatTheCallersProgramCancelsEndsTheRequestAtTheModelAndNothingElse() {
    model.stallsAfter("A soaker hose is kind to roses.", " It").says("Yes.");
    call.says(OPEN, "unsure");
    call.lab.give(new CallEvent.Cancelled(CallLab.ID, call.lab.clock().now(), 1, 1, 1));
    assertThat(model.streams.getFirst().isClosed).as("of an earlier turn").isFalse();

    call.hears(call.sentences().getFirst(), "A soaker", false);
    call.lab.give(new CallEvent.Cancelled(CallLab.ID, call.lab.clock().now(), 1, 2, 2));
    assertThat(model.streams.getFirst().isClosed).isTrue();
    assertThat(call.ended().getLast().turn()).isEqualTo(2);
    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.");

    call.says("are you sure of that", "unsure");
    assertThat(call.said()).containsExactly("Yes.");
  }

  @Test
  void whatIsCancelledBeforeAnyOfItWasHeardIsNotSaidOnceMoreInASilence() {
    model.says("A soaker hose.");
    call.says(OPEN, "unsure");
    call.lab.give(new CallEvent.Cancelled(CallLab.ID, call.lab.clock().now(), 1, 1, 2));
    call.isSilent(1);

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.saidAll()).doesNotContain("soaker");
  }

  @Test
  void theModelKnowsTheConversationAsItWasHeard() {
    model.says("A soaker hose is kind to roses. It waters slowly.").says("Yes.");
    call.says(OPEN, "unsure");
    Sentence second = call.sentences().getLast();
    call.hears(call.sentences().getFirst(), "A soaker hose is kind to roses.", true);
    call.hears(second, "It waters", false);
    call.rules(2, 0, Ruling.INTERRUPTED, 2).understood(2, "does it come in green", "unsure");

    List<Message> asked = model.asked.getLast().messages();
    assertThat(asked).contains(new Message(Role.USER, "<caller>" + OPEN + "</caller>"));
    assertThat(asked)
        .contains(new Message(Role.ASSISTANT, "A soaker hose is kind to roses. It waters —"));
    assertThat(last(model)).endsWith("does it come in green</caller>");
  }

  @Test
  void speakersAlternateInWhatTheModelIsTold() {
    model.says("A soaker hose.").stallsAfter().says("Yes.");
    call.says(OPEN, "unsure").hearsAll();
    call.says("does it come in green", "unsure");
    call.rules(3, 0, Ruling.INTERRUPTED, 3).understood(3, "or in blue", "unsure");

    List<Role> roles = model.asked.getLast().messages().stream().map(Message::role).toList();
    assertThat(roles)
        .containsExactly(
            Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
    assertThat(last(model)).endsWith("<caller>does it come in green or in blue</caller>");
  }

  @Test
  void documentsAreDataBesideTheQuestionAndTheCallersNumberIsNotThere() {
    model.says("Within thirty days.");
    call.says("how long do i have to return something", "unsure");

    assertThat(last(model)).startsWith("<document>").contains("return");
    assertThat(model.asked.getLast().toString()).doesNotContain(CallLab.CALLER);
    assertThat(model.asked.getLast().functions())
        .extracting(Function::name)
        .containsExactly(
            "order_status", "callback", "pay", "start_return", "connect_with_person", "end_call");
  }

  @Test
  void aYesToAQuestionOfTheModelsIsTheModels() {
    model.says("We have two. Shall I tell you about both?").says("One is green.");
    call.says(OPEN, "unsure").hearsAll().says("yes", "yes");

    assertThat(call.said()).containsExactly("One is green.");
  }

  @Test
  void inTheMidstOfAFlowItsQuestionFollowsTheAnswer() {
    call.says("where is my order", "order_status").hearsAll();
    model.says("It is in your e-mail.");
    call.says("where would i find that number", "unsure");

    assertThat(call.said().getFirst()).isEqualTo("It is in your e-mail.");
    assertThat(call.saidAll()).contains("What's your five digit order number?");
  }

  @Test
  void whoHangsUpEndsTheRequestAtTheModel() {
    model.stallsAfter("A soaker hose is kind to roses.", " It");
    call.says(OPEN, "unsure");
    call.lab.give(CallLab.hungUp());

    assertThat(model.streams.getFirst().isClosed).isTrue();
  }

  @Test
  void whatWasHeardOfAnAnswerThatIsCutOffHasItsEffect() {
    var answer = call.tools.nextIsSlow();
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    answer.complete(ToolAnswer.of(Outcome.FAILED));
    call.lab.work();
    assertThat(call.hearsAll().saidAll()).endsWith("Would you like us to call you back?");
    model.stallsAfter("We open at nine.", " And");
    call.says("when do you open", "unsure");
    int turn = call.turn();
    call.hears(call.sentences().getFirst(), "We open at nine.", true);
    call.rules(9, 0, Ruling.INTERRUPTED, turn).understood(9, "okay yes", "yes");

    assertThat(call.saidAll()).isEqualTo("Sure. What can I do for you?");
  }

  @Test
  void aWholeSentenceStandsThoughNoOtherFollowedBeforeTheModelBroke() {
    model.breaksAfter("A soaker hose is kind to roses.");
    call.says(OPEN, "unsure");

    assertThat(call.said()).containsExactly("A soaker hose is kind to roses.");
  }

  @Test
  void whatIsNotOfferedIsNotTaken() {
    CallLab without =
        CallLab.greeted(
            Agents.acmeWith("end_call", "action: hangUp", "action: help"),
            model.chooses("end_call", "{}"));
    without.says(OPEN, "unsure").pauses();

    assertThat(model.asked.getLast().functions())
        .extracting(Function::name)
        .doesNotContain("end_call");
    assertThat(without.next()).isEqualTo(Next.LISTEN);
  }

  @Test
  void noToAnOptionalValueOfTheModelsGoesOnWithoutIt() {
    model.chooses("callback", "{\"day\":\"2026-01-13\"}");
    call.says("could somebody talk to me that day", "unsure").hearsAll();
    call.says("yes", "yes").hearsAll();
    assertThat(call.saidAll()).contains("Is that right?");
    call.says("no", "no");

    assertThat(call.tools.made)
        .singleElement()
        .satisfies(made -> assertThat(made.arguments().has("day")).isFalse());
    assertThat(call.saidAll()).startsWith("Done.");
  }

  @Test
  void aValueOfTheModelsThatIsAlwaysConfirmedIsConfirmed() {
    call.says("please call me back", "callback").hearsAll().says("yes", "yes").hearsAll();
    assertThat(call.tools.made).hasSize(1);
    model.chooses("callback", "{\"phone\":\"" + CallLab.CALLER + "\"}");
    call.says("could you not have called sooner", "unsure");

    assertThat(call.tools.made).hasSize(1);
    assertThat(call.saidAll()).contains("?");
  }
}
