package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.digits;
import static dev.voxlog.llm.CallLab.entity;
import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Transfer;
import dev.voxlog.schemas.TurnEvent.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What callers ask for besides orders.
class ConversationTest {
  private final CallLab call = CallLab.greeted();

  // Callbacks.

  @Test
  void aCallbackIsBookedOnTheCallersOwnNumberAsSoonAsPossible() {
    call.says("can someone call me back", "callback");
    assertThat(call.said())
        .containsExactly("Sure.", "Shall we call you on the number you're calling from?");
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);

    call.hearsAll().says("yes please", "yes");
    assertThat(call.requested())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.tool()).isEqualTo("createCallback");
          assertThat(request.arguments()).isEqualTo("{\"phone\":\"+15550142\"}");
        });
    assertThat(call.said()).startsWith("Done.", "Someone will call you back as soon as possible.");
  }

  @Test
  void dayAndTimeThatWereMentionedGoWithTheCallback() {
    call.says(
        "call me back tomorrow at three",
        "callback",
        entity("date", "2026-01-02"),
        entity("time", "15:00"));
    call.hearsAll().says("yes", "yes");

    assertThat(call.requested().getFirst().arguments())
        .isEqualTo("{\"day\":\"2026-01-02\",\"phone\":\"+15550142\",\"time\":\"15:00\"}");
    assertThat(call.said()).startsWith("Done.", "We'll call you on Friday, January 2 at 3:00 PM.");
  }

  @Test
  void anotherNumberIsAskedForReadBackAndUsed() {
    call.says("call me back please", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    call.says(
        "five five five zero one three four two two one",
        "unsure",
        entity("phone", "5550134221"),
        digits("5550134221"));
    assertThat(call.said()).containsExactly("I have 5 5 5, 0 1 3, 4 2 2 1.", "Is that right?");

    call.hearsAll().says("that's correct", "yes");
    assertThat(call.requested().getFirst().arguments()).isEqualTo("{\"phone\":\"5550134221\"}");
  }

  @Test
  void aNumberIsCorrectedWithinItsReadBack() {
    call.says(
        "call me back on five five five zero one three four",
        "callback",
        entity("phone", "5550134"));
    call.hearsAll()
        .says("no, five five five zero one three five", "no", entity("phone", "5550135"));
    assertThat(call.saidAll()).contains("5 5 5, 0 1 3 5");

    call.hearsAll().says("yes", "yes");
    assertThat(call.requested())
        .singleElement()
        .satisfies(request -> assertThat(request.arguments()).contains("5550135"));
  }

  @Test
  void aCallerWithoutANumberIsAskedForOne() {
    CallLab anonymous = new CallLab(CallLab.ACME, "anonymous");
    anonymous.attach();
    anonymous.hearsAll().says("call me back please", "callback");

    assertThat(anonymous.saidAll()).isEqualTo("Sure. Which number should we call you on?");
    assertThat(anonymous.expects().answer()).isEqualTo(Answer.DIGITS);
  }

  @ParameterizedTest
  @CsvSource({"not-called, we don't call", "called-enough, several calls today already"})
  void aNumberThatTheServiceRefusesToCallIsToldAndAPersonOffered(String reason, String said) {
    call.tools.nextIs(
        new ToolAnswer(Outcome.REFUSED, ScriptedTools.json("{\"reason\": \"" + reason + "\"}")));
    call.says("call me back on that line", "callback", entity("phone", "9005550123")).hearsAll();
    call.says("yes", "yes");

    assertThat(call.saidAll())
        .contains(said)
        .endsWith("Shall I connect you with a person instead?")
        .doesNotContain("Done");
  }

  // A person, the end, and what helps on the way.

  @Test
  void aPersonIsATransferThatEgressMakesOnceTheAnnouncementWasHeard() {
    call.says("I want to speak to a human", "person");

    assertThat(call.lab.emitted(Transfer.class))
        .singleElement()
        .satisfies(transfer -> {
          assertThat(transfer.destination()).isEqualTo("+15550100");
          assertThat(transfer.turn()).isEqualTo(2);
        });
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.saidAll()).contains("Please stay on the line.");
  }

  @Test
  void aGoodbyeEndsTheCallWithOne() {
    call.says("that's all, bye", "goodbye");

    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    assertThat(call.said()).containsExactly("Thanks for calling Acme.", "Goodbye.");
  }

  @Test
  void noAfterAnythingElseIsAGoodbyeAndYesAnInvitation() {
    call.says("order four five eight one two", "order_status", orderId("45812")).hearsAll();
    call.says("yes", "yes").hearsAll();
    assertThat(call.saidAll()).isEqualTo("Sure. What can I do for you?");

    call.says("order seven three one nine zero", "order_status", orderId("73190")).hearsAll();
    call.says("no thanks", "no");
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
  }

  @Test
  void whatWasSaidIsRepeatedOnRequestEvenWhereTheClassifierIsUnsure() {
    call.says("order four five eight one two", "order_status", orderId("45812")).hearsAll();
    String said = call.saidAll();
    call.says("sorry, could you say that again please", "unsure").hearsAll();
    assertThat(call.saidAll()).isEqualTo(said);

    call.says("what did you say", "repeat");
    assertThat(call.saidAll()).isEqualTo(said);
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void aRepeatedQuestionIsStillWaitedOn() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("pardon", "repeat").hearsAll();
    assertThat(call.saidAll()).contains("What's your five digit order number?");
    assertThat(call.expects().answer()).isEqualTo(Answer.DIGITS);

    call.says("four five eight one two", "unsure", orderId("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aQuestionInTheMidstOfAFlowIsAnsweredAndTheFlowGoesOn() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("how long is the warranty", "question").hearsAll();
    assertThat(call.saidAll()).contains("warranty", "What's your five digit order number?");

    call.says("four five eight one two", "unsure", orderId("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aFlowIsLeftOnRequest() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("never mind", "cancel").hearsAll();
    assertThat(call.expects().answer()).isEqualTo(Answer.ANYTHING);

    call.says("no I don't need it", "unsure").pauses();
    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void aFlowThatLeadsNowhereGivesUpKindlyAndOffersAPerson() {
    call.says("where is my order", "order_status").hearsAll();
    for (int i = 0; i < 8 && !call.saidAll().contains("couldn't get your order number"); i++) {
      call.says("blue elephants dance", "unsure").pauses().hearsAll();
    }

    assertThat(call.saidAll())
        .isEqualTo(
            "I'm sorry, I couldn't get your order number. Shall I connect you with a person?");
  }

  // What Acme cannot do.

  @Test
  void whatIsBeyondAcmeIsSaidToBe() {
    call.says("book me a flight to boston", "out_of_scope").pauses();

    assertThat(call.said()).first().isEqualTo("I'm afraid I can't help with that.");
    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void aQuestionNoDocumentAnswersIsHonestlyNotKnown() {
    call.says("who painted the ceiling of that chapel", "question");

    assertThat(call.saidAll()).contains("I'm sorry, I don't know that.");
  }

  @Test
  void wordsWithoutSenseAreAskedForInOtherWordsAndThenAPersonIsOffered() {
    call.says("flarb", "unsure").pauses().hearsAll();
    assertThat(call.saidAll()).startsWith("Sorry, I didn't get that.");
    call.says("flarb", "unsure").pauses().hearsAll();
    assertThat(call.saidAll()).startsWith("I'm sorry, I still didn't understand.");
    call.says("flarb", "unsure").pauses().hearsAll();
    assertThat(call.saidAll()).endsWith("Would you like to speak to a person?");

    call.says("yes", "yes");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void knowledgeIsAnsweredFromTheDocuments() {
    call.says("what is your return policy for a full refund", "question");

    assertThat(call.saidAll()).contains("thirty days");
    assertThat(call.ended().getLast().route()).isEqualTo("knowledge");
    assertThat(call.ended().getLast().intent()).isEqualTo("question");
  }

  // Card numbers.

  @Test
  void whoReadsACardsNumberAloudIsToldThatNoneIsTaken() {
    call.says("my card is [card number]", "card_number");

    assertThat(call.said()).first().isEqualTo("I can't take card numbers.");
    assertThat(call.requested()).isEmpty();
  }

  @Test
  void aCardsNumberInsteadOfAnOrdersIsNoneAndTheQuestionStands() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("[card number]", "card_number");

    assertThat(call.said()).first().isEqualTo("I can't take card numbers.");
    assertThat(call.saidAll()).contains("five digit order number");
    assertThat(call.requested()).isEmpty();
    call.hearsAll().says("four five eight one two", "unsure", orderId("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }
}
