package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.digits;
import static dev.voxlog.llm.CallLab.entity;
import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers who take back a part of a number: while they say it, and when it is read back.
class CorrectionTest {
  private static final String IS_IT = "I have order number 4 5 8 1 2.";

  private final CallLab call = CallLab.greeted();

  private static Entity correction(String value) {
    return entity("correction", value);
  }

  private void isReadBack(String number) {
    call.says(
            "order " + number,
            "order_status",
            new Entity("orderId", number, number, 0, number.length(), 0.3))
        .hearsAll();
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no, the last digit is a two | @-1>2 | 45813",
        "it ends in one two | @-2>12 | 45872",
        "the third digit is an eight | @3>8 | 45312",
        "it starts with four five | @1>45 | 54812",
        "no, one two | >12 | 45872",
        "no, not seven two, one two | 72>12 | 45872",
        "the three should be a two | 3>2 | 45813"
      })
  void aPartThatIsCorrectedIsReadBackInTheWhole(String words, String value, String heard) {
    isReadBack(heard);
    String right = value.substring(value.indexOf('>') + 1);
    call.says(words, "unsure", correction(value), digits(right)).pauses();
    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).startsWith(IS_IT);
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);

    call.hearsAll().says("yes", "yes");
    assertThat(call.requested().getLast().arguments()).isEqualTo("{\"id\":\"45812\"}");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no, one two | >12 | 11111",
        "no, not five, six | 5>6 | 45852",
        "no, the ninth digit is a two | @9>2 | 45812",
        "it's not four five eight one three | 45813> | 45813"
      })
  void whatCannotBePlacedIsADenialAndTheNumberIsAskedForAgain(
      String words, String value, String heard) {
    isReadBack(heard);
    call.says(words, "no", correction(value)).pauses();
    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("five digits of your order number");
    assertThat(call.expects().answer()).isEqualTo(Answer.DIGITS);
  }

  @Test
  void aWholeNumberBesideAPartIsTaken() {
    isReadBack("45872");
    call.says(
        "no, not seven two, four five eight one two",
        "no",
        correction("72>"),
        orderId("45812"),
        digits("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aNumberThatTheBackendDoesNotKnowIsCorrectedInAPart() {
    call.says("order four five eight one three", "order_status", orderId("45813")).hearsAll();
    call.says("no, the last digit is a two", "no", correction("@-1>2"));
    assertThat(call.saidAll()).startsWith(IS_IT);
    call.hearsAll().says("yes", "yes");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void digitsSaidBeforeAreCorrectedInTheNextUtterance() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five nine", "unsure", digits("459")).pauses().hearsAll();
    call.says("no, eight one two", "unsure", correction(">812"), digits("812"));
    assertThat(call.saidAll()).startsWith(IS_IT);
  }

  @Test
  void digitsAreCorrectedInTheNextUtteranceOfOneBreath() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five nine", "unsure", digits("459"));
    call.says("no, eight one two", "unsure", correction(">812"), digits("812")).pauses();
    assertThat(call.saidAll()).startsWith(IS_IT);
  }

  @Test
  void aCorrectionMayLeaveANumberThatIsTooShortYet() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five nine", "unsure", digits("459")).pauses().hearsAll();
    call.says("no, eight", "unsure", correction(">8"), digits("8")).pauses().hearsAll();
    call.says("one two", "unsure", digits("12"));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @ParameterizedTest
  @ValueSource(strings = {">", "@0>1", "x", "1>2>3", "@-100>1"})
  void whatIsNoCorrectionOfOursIsPassedOver(String value) {
    isReadBack("45812");
    call.says("yes", "yes", correction(value));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }
}
