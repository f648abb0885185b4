package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.Transfer;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.TurnEvent.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a wish to leave the dialogue, for a person or for good, when the caller speaks
/// into the words that tell of it.
class LeavingTest {
  private final CallLab call = CallLab.greeted();

  private CallLab interrupts(String text, String intent, Entity... entities) {
    int number = call.ended().getLast().utterances().getLast() + 1;
    call.hears(call.sentences().getFirst(), "I'll", false);
    call.rules(number, 0, Ruling.INTERRUPTED, call.turn());
    return call.understood(number, text, intent, entities);
  }

  @ParameterizedTest
  @CsvSource({
    "is one of them there, unsure",
    "okay, yes",
    "a person please, person",
    "somebody real, unsure",
    "thanks, thanks",
    "what did you say, repeat",
    "i don't like machines, unsure",
    "la la la la, out_of_scope"
  })
  void aTransferStandsWhateverIsNoOtherWish(String text, String intent) {
    call.says("I want to speak to a human", "person");
    interrupts(text, intent);

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.said()).containsExactly("I'll connect you with one of our people now.");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.ended().getLast().intent()).isEqualTo("person");
    assertThat(call.lab.emitted(Transfer.class).getLast().turn()).isEqualTo(3);
  }

  @Test
  void aTransferStandsHoweverOftenItIsSpokenInto() {
    call.says("I want to speak to a human", "person");
    interrupts("is one", "unsure");
    interrupts("of them there", "unsure");

    assertThat(call.turn()).isEqualTo(4);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aTransferStandsWhenANoiseCutItShort() {
    call.says("I want to speak to a human", "person");
    call.hears(call.sentences().getFirst(), "I'll", false);
    call.rules(2, 0, Ruling.INTERRUPTED, 2).isSilent(1);

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aTransferOutOfAnOfferStandsToo() {
    call.says("flarb", "unsure").pauses().hearsAll();
    call.says("flarb", "unsure").pauses().hearsAll();
    call.says("flarb", "unsure").pauses().hearsAll();
    call.says("yes", "yes");
    interrupts("is one there", "unsure");

    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aGoodbyeStandsWhateverIsNoOtherWish() {
    call.says("that's all", "goodbye");
    interrupts("see you around", "unsure");

    assertThat(call.said()).containsExactly("Thanks for calling Acme.");
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    assertThat(call.ended().getLast().intent()).isEqualTo("goodbye");
  }

  @ParameterizedTest
  @CsvSource({
    "no no, unsure",
    "no, no",
    "never mind, cancel",
    "actually forget it, unsure",
    "wait a second, hold_on",
    "what is your return policy for a full refund, question",
    "i need a callback, callback"
  })
  void anotherWishOrANoTakesATransferBack(String text, String intent) {
    call.says("I want to speak to a human", "person");
    assertThatTheCallGoesOnAfter(text, intent);

    call.hearsAll().says("flarb", "unsure").pauses();
    assertThat(call.next()).as("it is forgotten then").isEqualTo(Next.LISTEN);
  }

  @Test
  void anotherWishTakesAGoodbyeBack() {
    call.says("that's all", "goodbye");
    interrupts("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.next()).isEqualTo(Next.LISTEN);
  }

  @ParameterizedTest
  @CsvSource({
    "what about the other chair i bought, unsure",
    "is there a pharmacy in this town, out_of_scope"
  })
  void whoSaysMoreThanAFarewellIsNotHungUpOn(String text, String intent) {
    call.says("that's all", "goodbye");
    assertThatTheCallGoesOnAfter(text, intent);
  }

  private void assertThatTheCallGoesOnAfter(String text, String intent) {
    interrupts(text, intent);
    call.pauses();
    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.next()).isEqualTo(Next.LISTEN);
  }

  @Test
  void whatIsOnlyLikeAGoodbyeIsAskedAboutBeforeTheCallEnds() {
    call.saysPerhaps("flarb flarb", "goodbye");
    assertThat(call.said()).containsExactly("Anything else I can help with?");
    assertThat(call.next()).isEqualTo(Next.LISTEN);

    call.hearsAll().says("no", "no");
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
  }

  @Test
  void whoWantsAPersonAfterAllIsConnectedInsteadOfBidFarewell() {
    call.says("that's all", "goodbye");
    interrupts("put me through to a person", "person");

    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.said()).last().isEqualTo("Please stay on the line.");
  }

  @Test
  void aNoBeforeAnyOfItWasHeardTakesATransferBack() {
    call.says("I want to speak to a human", "person");
    call.says("never mind", "cancel");

    assertThat(call.next()).isEqualTo(Next.LISTEN);
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
  }

  @Test
  void whatIsAddedBeforeAnyOfItWasHeardLeavesTheWholeAnnouncement() {
    call.says("I want to speak to a human", "person");
    call.says("thanks", "thanks");

    assertThat(call.said())
        .containsExactly(
            "I'll connect you with one of our people now.", "Please stay on the line.");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aFarewellToSilenceIsNotTheCallersWish() {
    call.isSilent(1).hearsAll().isSilent(2).hearsAll().isSilent(3);
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    call.hears(call.sentences().getFirst(), "It", false);
    call.rules(1, 0, Ruling.INTERRUPTED, call.turn());
    call.understood(1, "flarb", "unsure").pauses();

    assertThat(call.next()).isEqualTo(Next.LISTEN);
  }
}
