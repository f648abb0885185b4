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

class CodesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A 4 B 7 | A4B7",
        "A, 4, B, 7. | A4B7",
        "It's a 4 b 7. | A4B7",
        "a four bee seven | A4B7",
        "A4B7 | A4B7",
        "a4b7 please | A4B7",
        "AB-12 | AB12",
        "ab12 | AB12",
        "A.B.C. 12 | ABC12",
        "OK, my booking ID is AB 12. | AB12",
        "alpha four bravo seven | A4B7",
        "x ray seven x-ray 2 | X7X2",
        "X-ray, double seven, double a. | X77AA",
        "double u four | W4",
        "A for alpha, 4, B as in bravo, 7 | A4B7",
        "A for B seven | A4B7",
        "a four see seven | A4C7",
        "A 4, uh, B dash 7 | A4B7",
        "A 4 B 7 I think | A4B7",
        "4 7 B A, thanks | 47BA",
        "the reference on the mail reads A 4 B 7 | A4B7",
        "A 4 B 7, no, sorry, A 4 B 8 | A4B8",
        "A 4 B seventeen | A4B17",
        "X Y Z I | XYZI"
      })
  void aCodeIsFoundHoweverItIsSpelled(String text, String codes) {
    assertThat(values(text, "code", Answer.CODE)).containsExactly(codes.split(","));
    assertThat(values(text, "digits", Answer.CODE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four five eight seven one | 45871",
        "It's 4 5 8 7 1, thanks. | 45871",
        "4 5 okay 8 7 | 45,87",
        "47 | 47",
        "B. | B",
        "A | A"
      })
  void digitsOrOneLetterAreACodeWhereNothingElseIsSaid(String text, String codes) {
    assertThat(values(text, "code", Answer.CODE)).containsExactly(codes.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hey 4 beat 7",
        "hate 4, bead 7",
        "I don't have a code",
        "I lost it, can I have a new one?",
        "I see, are you there?",
        "A friend has it.",
        "it was for 4 people",
        "can you see it",
        "why?",
        "OK",
        "no"
      })
  void whatIsNoCodeIsNoneThoughOneIsAwaited(String text) {
    assertThat(values(text, "code", Answer.CODE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ANYTHING", "YES_NO", "DIGITS", "UNKNOWN"})
  void withoutACodeAwaitedNoneIsFound(Answer awaited) {
    for (String text : List.of("A 4 B 7", "I want a 4 by 4", "AB-12", "hotel 4 golf")) {
      assertThat(values(text, "code", awaited)).isEmpty();
    }
  }

  @Test
  void placesPointIntoTheText() {
    Entity code = FINDER.find("It's AB-12, thanks.", TUESDAY, Answer.CODE).getFirst();
    assertThat(code.text()).isEqualTo("AB-12");
  }
}
