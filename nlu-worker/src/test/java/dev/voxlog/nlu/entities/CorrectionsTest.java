package dev.voxlog.nlu.entities;

import static dev.voxlog.nlu.entities.Finding.FINDER;
import static dev.voxlog.nlu.entities.Finding.TUESDAY;
import static dev.voxlog.nlu.entities.Finding.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers take back, of ids of five digits.
class CorrectionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four five eight, no, seven, one two | 45712",
        "Four five eight. No, seven one two. | 45712",
        "458, no, 712. | 45712",
        "four five eight one two, no, four five eight seven two | 45872",
        "45812, sorry, 45872 | 45872",
        "45812, no, I mean 45872 | 45872",
        "it's 45812, I meant 45872 | 45872",
        "not 45812, 45872 | 45872",
        "Not 45812. It's 45872. | 45872",
        "not four five eight one two, four five eight seven two | 45872",
        "not four five eight one two but four five eight seven two | 45872",
        "45872, not 45812 | 45872",
        "45872 instead of 45812 | 45872",
        "four five, wait, eight one two | 45812",
        "four five, oh no, seven one two | 45712",
        "four five eight, no, five nine one two | 45912",
        "45812, no, 72 | 45872",
        "45812, sorry, make that 45872, please | 45872",
        "45812, no, the number is 45872 | 45872",
        "no, four five eight seven two | 45872",
        "I have order 45812, oh wait, it's 45872 | 45872"
      })
  void whatIsTakenBackIsNotInTheNumber(String text, String id) {
    for (Answer awaited : List.of(Answer.DIGITS, Answer.YES_NO, Answer.ANYTHING)) {
      assertThat(values(text, "orderId", awaited)).as("%s", awaited).containsExactly(id);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "45812 and 45872 | 45812,45872",
        "45812, sorry, 3 of them are broken | 45812",
        "45812, no, also 45872 | 45812,45872",
        "45812, I'm sorry but it's 2 weeks late | 45812",
        "sorry, it's 45812 | 45812",
        "no, not the lamp, 45812 | 45812",
        "order no 45812 | 45812",
        "at three, sorry, 45812 | 45812"
      })
  void whatIsNotTakenBackStays(String text, String ids) {
    assertThat(values(text, "orderId", Answer.ANYTHING)).containsExactly(ids.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's not 45812", "No, not 45812.", "that isn't 45812"})
  void whatIsDeniedIsNotTold(String text) {
    assertThat(values(text, "orderId", Answer.YES_NO)).isEmpty();
    assertThat(values(text, "digits", Answer.YES_NO)).isEmpty();
    assertThat(values(text, "correction", Answer.YES_NO)).containsExactly("45812>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the last digit is 3 | @-1>3",
        "no, the last digit is a three | @-1>3",
        "The last one should be a 3. | @-1>3",
        "the third digit is a seven | @3>7",
        "the second number must be nine | @2>9",
        "the last two are seven two | @-2>72",
        "the last two digits are 7 2 | @-2>72",
        "no, it ends in seven two | @-2>72",
        "it starts with four six | @1>46",
        "the last digit is not two but three | @-1>3",
        "no, seven two | >72",
        "sorry, I meant eight seven two | >872",
        "not one two, seven two | 12>72",
        "no, not one two, seven two | 12>72",
        "no, seven two, not one two | 12>72",
        "the eight should be a seven | 8>7",
        "seven two instead of one two | 12>72"
      })
  void aPartOfWhatWasReadBackIsCorrected(String text, String correction) {
    assertThat(values(text, "correction", Answer.YES_NO)).first().isEqualTo(correction);
    assertThat(values(text, "orderId", Answer.YES_NO)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "no",
        "no, that's wrong",
        "no, 2 of them are broken",
        "no, four five eight seven two",
        "four five eight one two",
        "the first one please",
        "the last one",
        "sorry, what?"
      })
  void otherAnswersCorrectNothing(String text) {
    assertThat(values(text, "correction", Answer.YES_NO)).isEmpty();
  }

  @Test
  void whereNothingIsAwaitedNoPartIsCorrected() {
    for (String text : List.of("the last digit is 3", "no, seven two", "not two but three")) {
      assertThat(values(text, "correction", Answer.ANYTHING)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date | tomorrow, no, on friday | 2026-11-27",
        "date | friday, not tomorrow | 2026-11-27",
        "date | not tomorrow, friday please | 2026-11-27",
        "date | on the fifth, sorry, on the sixth | 2026-12-06",
        "time | at three, no, four | 16:00",
        "time | tomorrow at three, sorry, at four | 16:00",
        "time | at three, no, half past four | 16:30",
        "amount | forty, no, fifty dollars | 50.00",
        "amount | $40, no, $100 | 100.00",
        "amount | forty dollars, sorry, fifty dollars | 50.00",
        "email | smith at gmail dot com, no, smyth at gmail dot com | smyth@gmail.com"
      })
  void otherThingsAreTakenBackToo(String kind, String text, String value) {
    assertThat(values(text, kind, Answer.ANYTHING)).containsExactly(value);
  }

  @Test
  void aNumberCorrectedInItsMidstIsLessSureThanOneSaidAgain() {
    assertThat(orderId("four five eight, no, seven, one two").confidence()).isLessThan(0.5);
    assertThat(orderId("45812, no, 45872").confidence()).isEqualTo(1);
  }

  @Test
  void itsPlaceInTheTextHoldsTheCorrection() {
    assertThat(orderId("It's 458, no, 712, thanks.").text()).isEqualTo("458, no, 712");
    assertThat(orderId("It's 45812, no, 45872, thanks.").text()).isEqualTo("45872");
  }

  private static Entity orderId(String text) {
    return FINDER.find(text, TUESDAY, Answer.DIGITS).stream()
        .filter(each -> each.kind().equals("orderId"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLengthThatIsAwaitedTellsWhereWhatIsSaidAnewBegins() {
    assertThat(FINDER.find("one two three, no, four, five", TUESDAY, Answer.DIGITS, 4))
        .extracting(Entity::value)
        .containsExactly("1245");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "555 013 4221, no, 4222 | 5550134222",
        "555 013 4221, sorry, 2 | 5550134222",
        "555 013 4221, no, 555 013 4222 | 5550134222"
      })
  void whereNoLengthTellsOnlyWhatIsPlainIsTakenBack(String text, String digits) {
    EntityFinder anyLength = new EntityFinder(List.of());
    assertThat(anyLength.find(text, TUESDAY, Answer.DIGITS))
        .filteredOn(each -> each.kind().equals("phone"))
        .extracting(Entity::value)
        .containsExactly(digits);
    assertThat(anyLength.find("555 01, no, 3 4 2 2", TUESDAY, Answer.DIGITS))
        .filteredOn(each -> each.kind().equals("digits"))
        .extracting(Entity::value)
        .containsExactly("55501", "3422");
  }
}
