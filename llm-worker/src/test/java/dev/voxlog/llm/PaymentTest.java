package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Payments by the card on file.
class PaymentTest {
  private final CallLab call = CallLab.ofBrown();

  private void pays(String amount) {
    call.says("i want to pay my bill", "payment").hearsAll();
    call.says("yes", "yes").hearsAll();
    assertThat(call.saidAll()).isEqualTo("How much would you like to pay?");
    call.says(amount, "unsure").hearsAll();
  }

  @Test
  void whatIsOpenIsOfferedTheAmountReadBackAndChargedOnce() {
    call.says("i want to pay my bill", "payment").hearsAll();
    assertThat(call.saidAll())
        .endsWith("$49.50 are open for order 7 3 1 9 0, the toaster. Is it that one?");
    call.says("yes", "yes").hearsAll();
    call.says("forty-nine fifty", "unsure").hearsAll();
    assertThat(call.saidAll())
        .isEqualTo(
            "That's $49.50 for order 7 3 1 9 0, from the card in your account. Shall I charge it?");
    assertThat(call.tools.made).isEmpty();
    call.says("yes", "yes");

    assertThat(call.saidAll()).contains("I've charged $49.50", "paid in full");
    assertThat(call.tools.made)
        .singleElement()
        .satisfies(made -> {
          assertThat(made.key()).isEqualTo("CA1/5/0");
          assertThat(made.arguments())
              .hasToString("{\"amount\":49.50,\"order\":\"73190\",\"account\":\"+15550142\"}");
        });
  }

  @Test
  void anAmountInEurosAndCentsIsUnderstoodAndCanBePutRightInTheReadBack() {
    call.says("i want to pay my bill", "payment").hearsAll();
    call.says("yes", "yes").hearsAll();
    call.says("twelve euros and nine cents", "unsure", entity("amount", "12.09")).hearsAll();
    assertThat(call.saidAll()).startsWith("That's $12.09");
    call.says("no twenty dollars", "no", entity("amount", "20.00")).hearsAll();

    assertThat(call.saidAll()).startsWith("That's $20.00");
    assertThat(call.tools.made).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "All of it.",
        "the whole amount please",
        "Everything that's open.",
        "I'd like to pay it in full",
        "the full amount",
        "what I owe",
        "pay all of it off",
        "the total"
      })
  void allOfItIsWhatIsOpenAndReadBack(String said) {
    pays(said);

    assertThat(call.saidAll()).startsWith("That's $49.50 for order 7 3 1 9 0");
    assertThat(call.tools.made).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not all of it",
        "I can't pay the whole amount",
        "half of the total",
        "what's the total",
        "Is that all of it?"
      })
  void whatIsNotAllIsAskedForAgain(String said) {
    pays(said);
    call.pauses();

    assertThat(call.saidAll()).doesNotContain("$49.50");
  }

  @Test
  void allOfAnotherOrderThanTheOpenOneIsAskedFor() {
    call.says("i want to pay order 45812", "payment", orderId("45812")).hearsAll();
    call.says("all of it", "unsure");
    call.pauses();

    assertThat(call.saidAll()).contains("How much should it be");
  }

  @Test
  void inTheReadBackTheWholeAmountTakesThePlaceOfAnother() {
    pays("ten");
    call.says("no, the whole amount", "no").hearsAll();

    assertThat(call.saidAll()).startsWith("That's $49.50");
  }

  @Test
  void nothingIsChargedAfterANo() {
    pays("ten");
    call.says("no", "no").hearsAll();
    assertThat(call.saidAll()).startsWith("How much should it be");
    call.says("never mind", "cancel");

    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void moreThanTheLimitIsForAPerson() {
    pays("six hundred");
    assertThat(call.saidAll())
        .isEqualTo(
            "Payments of more than five hundred dollars are taken by a person. Shall I connect you with one?");
    call.says("yes", "yes");

    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void moreThanIsOpenIsRefusedWithTheReasonAndAskedForAgain() {
    pays("eighty");
    call.tools.nextIs(
        new ToolAnswer(
            Outcome.REFUSED,
            ScriptedTools.json("{\"reason\": \"more-than-open\", \"open\": 49.5}")));
    call.says("yes", "yes").hearsAll();
    assertThat(call.saidAll())
        .isEqualTo(
            "That's more than is open. There are $49.50 left to pay. How much would you like to pay?");
    call.says("forty-nine fifty", "unsure").hearsAll().says("yes", "yes");

    assertThat(call.saidAll()).contains("paid in full");
    assertThat(call.tools.made).hasSize(2);
  }

  @Test
  void whoHasNoCardOnFileIsOfferedAPerson() {
    CallLab stranger = CallLab.greeted();
    stranger.says("i want to pay order 27182", "payment", orderId("27182")).hearsAll();

    assertThat(stranger.saidAll())
        .startsWith("I can only take a payment from the card in your account")
        .endsWith("Shall I connect you with a person?");
    assertThat(stranger.tools.made).isEmpty();
  }

  @Test
  void anotherAccountsInvoiceIsAsIfItWereNotThere() {
    call.tools.orderOf("+15550100077", "27182", "telescope");
    call.says(
            "i want to pay ten dollars for order 27182",
            "payment",
            orderId("27182"),
            entity("amount", "10.00"))
        .hearsAll();
    call.says("yes", "yes").hearsAll();

    assertThat(call.saidAll()).startsWith("I can't find an order 2 7 1 8 2.");
    assertThat(call.lab.emitted().toString()).doesNotContain("telescope");
  }

  @Test
  void aCardNumberIsNeitherTakenNorRepeatedAndTheQuestionStands() {
    call.says("i want to pay my bill", "payment").hearsAll();
    call.says("yes", "yes").hearsAll();
    call.says("use my card [card number]", "card_number");

    assertThat(call.saidAll())
        .startsWith("I can't take card numbers.")
        .endsWith("How much would you like to pay?");
  }

  @Test
  void aRefusalIsKnownToASuccessor() {
    pays("eighty");
    call.tools.nextIs(
        new ToolAnswer(Outcome.REFUSED, ScriptedTools.json("{\"reason\": \"nothing-open\"}")));
    call.lab.holdCheckpoints();
    call.says("yes", "yes");
    call.lab.takeOver().work();

    assertThat(call.saidAll()).startsWith("That order is paid in full. Nothing was charged.");
    assertThat(call.lab.emitted(CallEvent.ToolDone.class)).hasSize(2);
  }
}
