package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.digits;
import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatusTest {
  private final CallLab call = CallLab.greeted();

  @Test
  void anOrderAskedForWithItsNumberIsLookedUpAndToldInShortSentences() {
    call.says("where is my order four five eight one two", "order_status", orderId("45812"));

    assertThat(call.tools.made)
        .singleElement()
        .satisfies(made -> assertThat(made.arguments().toString()).isEqualTo("{\"id\":\"45812\"}"));
    assertThat(call.said())
        .containsExactly(
            "It has shipped.",
            "Your toaster, order 4 5 8 1 2, is with City Parcel, and should arrive on Saturday, January 3.",
            "Anything else I can help with?");
    assertThat(call.ended().getLast())
        .satisfies(end -> assertThat(end.route()).isEqualTo("tool"))
        .satisfies(end -> assertThat(end.intent()).isEqualTo("order_status"))
        .satisfies(end -> assertThat(end.utterances()).containsExactly(1));
  }

  @Test
  void aMissingNumberIsAskedForAndFiveDigitsAreExpected() {
    call.says("where is my order", "order_status");

    assertThat(call.said())
        .containsExactly("Sure, I can look that up.", "What's your five digit order number?");
    assertThat(call.expects())
        .satisfies(expects -> {
          assertThat(expects.answer()).isEqualTo(Answer.DIGITS);
          assertThat(expects.length()).isEqualTo(5);
          assertThat(expects.turn()).isEqualTo(2);
        });

    call.hearsAll().says("four five eight one two", "unsure", orderId("45812"), digits("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.expects().answer()).isEqualTo(Answer.ANYTHING);
  }

  @Test
  void figuresThatAreNoWholeNumberAreNotTheOrderSpokenOfBefore() {
    call.says("where is four five eight one two", "order_status", orderId("45812")).hearsAll();
    call.says("and has 73 to 9 been sent", "order_status").hearsAll();
    call.says("forget it", "cancel").hearsAll();
    call.says("is it 41 to 8 that's out", "order_status", digits("4128"));

    assertThat(call.requested()).hasSize(1);
    assertThat(call.saidAll()).contains("order number");
  }

  @Test
  void eachQuestionTellsWhatItExpects() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("uh the one from last week", "unsure").pauses().hearsAll();

    assertThat(call.expects())
        .satisfies(expects -> {
          assertThat(expects.turn()).isEqualTo(3);
          assertThat(expects.answer()).isEqualTo(Answer.DIGITS);
        });
  }

  @Test
  void digitsSaidInTwoPiecesBecomeOneNumber() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five", "unsure", digits("45")).pauses().hearsAll();
    assertThat(call.tools.made).isEmpty();

    call.says("eight one two", "unsure", digits("812"));
    assertThat(call.requested())
        .singleElement()
        .satisfies(request -> assertThat(request.arguments()).isEqualTo("{\"id\":\"45812\"}"));
  }

  @Test
  void aNumberTheBackendDoesNotKnowIsReadBack() {
    call.says("where is order four five eight one three", "order_status", orderId("45813"));

    assertThat(call.said())
        .containsExactly("I can't find an order 4 5 8 1 3.", "Did I get that number right?");
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);
  }

  @Test
  void aNumberDeniedIsAskedForAgainDigitByDigit() {
    call.says("where is order four five eight one three", "order_status", orderId("45813"))
        .hearsAll();
    call.says("no", "no").hearsAll();

    assertThat(call.said())
        .containsExactly("Then please say your order number again, one digit at a time.");
    assertThat(call.expects().answer()).isEqualTo(Answer.DIGITS);

    call.says("four five eight one two", "unsure", orderId("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aCorrectionInAReadBackIsTakenAtOnce() {
    call.says("where is order four five eight one three", "order_status", orderId("45813"))
        .hearsAll();
    call.says("no, four five eight one two", "no", orderId("45812"));

    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.requested()).hasSize(2);
  }

  @Test
  void aSecondUnknownNumberThatIsDeniedGoesToTheKeypad() {
    call.says("order four five eight one three", "order_status", orderId("45813")).hearsAll();
    call.says("no", "no").hearsAll();
    call.says("four five eight one four", "unsure", orderId("45814")).hearsAll();
    call.says("no that's wrong", "no").hearsAll();
    assertThat(call.saidAll())
        .isEqualTo("Let's try it another way. Please type the five digits on your phone's keypad.");

    call.presses("45812");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aNumberConfirmedThoughUnknownIsNotLookedUpTwice() {
    call.says("where is order four five eight one three", "order_status", orderId("45813"))
        .hearsAll();
    call.says("yes that's right", "yes");

    assertThat(call.saidAll())
        .contains("we have no order with that number", "connect you with a person?");
    assertThat(call.tools.made).hasSize(1);
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);

    call.hearsAll().says("yes please", "yes");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aNumberBarelyHeardIsReadBackBeforeUse() {
    call.says(
        "order four five eight one two",
        "order_status",
        new dev.voxlog.schemas.Entity("orderId", "45812", "45812", 0, 5, 0.3));
    assertThat(call.tools.made).isEmpty();
    assertThat(call.said()).containsExactly("I have order number 4 5 8 1 2.", "Is that right?");

    call.hearsAll().says("yes", "yes");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aBackendThatIsDownIsApologisedForAndACallbackIsOffered() {
    call.tools.nextIs(Outcome.FAILED);
    call.says("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(call.said())
        .containsExactly(
            "I'm sorry, I can't reach our order system right now.",
            "Would you like us to call you back?");
    assertThat(call.done())
        .singleElement()
        .satisfies(done -> assertThat(done.outcome()).isEqualTo(Outcome.FAILED));

    call.hearsAll().says("yes please", "yes");
    assertThat(call.saidAll()).contains("Shall we call you on the number you're calling from?");
  }

  @Test
  void aSecondOrderIsAskedForAnewAndTheFirstIsRemembered() {
    call.says("order four five eight one two", "order_status", orderId("45812")).hearsAll();
    call.says("and what about my other order", "order_status").hearsAll();
    assertThat(call.saidAll()).contains("five digit order number");

    call.says("seven three one nine zero", "unsure", orderId("73190")).hearsAll();
    assertThat(call.saidAll()).startsWith("It's being packed.");

    call.says("when will that order get here", "order_status");
    assertThat(call.requested().getLast().arguments()).contains("73190");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my sister ordered a lamp too",
        "i'm waiting for a table",
        "is there news about the chair"
      })
  void anOrderIsTheOneOfBeforeOnlyWhereTheWordsPointBackToIt(String words) {
    call.says("order four five eight one two", "order_status", orderId("45812")).hearsAll();
    call.says(words, "order_status");

    assertThat(call.requested()).hasSize(1);
    assertThat(call.saidAll()).contains("five digit order number");
  }

  @Test
  void aNumberIsNotPutTogetherFromAQuestionThatHappensToSayOne() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("six two seven seven", "unsure", digits("6277")).pauses().hearsAll();
    call.says(
        "what do i do about a shelf with one side broken",
        "question",
        new dev.voxlog.schemas.Entity("digits", "1", "one", 31, 34, 1));

    assertThat(call.requested()).isEmpty();
  }

  @Test
  void whoAsksSomethingElseIsAskedForTheNumberOnceMoreAndThenNoMore() {
    String question = "what is your return policy for a full refund";
    call.says("where is my order", "order_status").hearsAll();
    call.says(question, "question").hearsAll();
    assertThat(call.saidAll()).contains("thirty days", "five digit order number");

    call.says(question, "question").hearsAll();
    assertThat(call.saidAll()).contains("thirty days").doesNotContain("five digit");
    call.says("flarb", "unsure").pauses();
    assertThat(call.saidAll()).doesNotContain("five digit");
  }

  @Test
  void aQuestionWithoutASureIntentPassesTheNumberOverToo() {
    String question = "what is your return policy for a full refund?";
    call.says("where is my order", "order_status").hearsAll();
    call.says(question, "unsure").pauses().hearsAll();
    assertThat(call.saidAll()).contains("thirty days", "five digit order number");

    call.says(question, "unsure").pauses();
    assertThat(call.saidAll()).contains("thirty days").doesNotContain("five digit");
  }

  @Test
  void whoWasAskedAgainAndAsksSomethingElseHasMovedOn() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("flarb", "unsure").pauses().hearsAll();
    call.says("what is your return policy for a full refund", "question");

    assertThat(call.saidAll()).contains("thirty days").doesNotContain("five digit");
  }
}
