package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
  private static final Constraint FIVE = Constraint.digits(5, 5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one two three four five",
        "One, two, three, four, five.",
        "1 2 3 4 5",
        "12345.",
        "4-2-7-0-1",
        "oh o zero nine 9",
        "double two triple five",
        "four double five 12",
        "forty five eighty seven one",
        "It's 4 5 8 7 1.",
        "my order number is four five eight seven one",
        "fourteen twenty three 9",
        "uh, one two three fourteen"
      })
  void fiveDigitsAreCompleteHoweverTheyAreSaid(String text) {
    assertThat(FIVE.isViable(text)).isTrue();
    assertThat(FIVE.isComplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "o",
        "fo",
        "four",
        "1 2 3 4",
        "one two three four d",
        "double two triple ",
        "one two three four f",
        "12,",
        "trip",
        "fourteen",
        "forty five",
        "it",
        "it's ",
        "my ord",
        "is thirt",
        "forty f"
      })
  void fewerThanFiveMayBecomeFive(String text) {
    assertThat(FIVE.isViable(text)).isTrue();
    assertThat(FIVE.isComplete(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fourty",
        "to",
        "it isn't",
        "four it's",
        "one two three fourteen fifteen",
        "double fourteen",
        "one two three four five six",
        "123456",
        "triple triple",
        "one, my",
        "-",
        ",one",
        "one.....",
        "doubl1",
        "1a",
        "double double"
      })
  void whatSaysAnythingElseOrTooManyIsNotViable(String text) {
    assertThat(FIVE.isViable(text)).isFalse();
    assertThat(FIVE.isComplete(text)).isFalse();
  }

  @Test
  void everyBeginningOfACompleteTextIsViable() {
    String text = "Four, double seven 0 1.";
    for (int length = 0; length <= text.length(); length++) {
      assertThat(FIVE.isViable(text.substring(0, length))).as(text.substring(0, length)).isTrue();
    }
  }

  @Test
  void aCodeFollowsItsExpressionFromTheFirstLetterOn() {
    Constraint code = Constraint.code("(AB|CD)[ -]?[0-9]{3}");
    assertThat(code.isViable("a")).isTrue();
    assertThat(code.isViable(" CD-12")).isTrue();
    assertThat(code.isComplete("cd-12")).isFalse();
    assertThat(code.isComplete("cd-123")).isTrue();
    assertThat(code.isViable("ac")).isFalse();
    assertThat(code.isViable("cd-1234")).isFalse();
  }

  @Test
  void numbersOfDigitsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Constraint.digits(5, 4)).hasMessageContaining("1 ≤ min ≤ max");
  }
}
