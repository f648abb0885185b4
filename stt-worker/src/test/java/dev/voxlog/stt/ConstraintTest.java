package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
  private static final Constraint FIVE = Constraint.digits(5, 5);
  private static final Constraint FOUR_OF_A_CODE = Constraint.code(4, 4);

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A 4 B 7",
        "A, 4, B, 7.",
        "a four b seven",
        "It's A4 B7.",
        "AB-12",
        "alpha four bravo seven",
        "double A, double 7",
        "My booking code is X forty five Z.",
        "the reference is 4 5 8 7",
        "O P 1 oh"
      })
  void fourCharactersAreCompleteHoweverTheyAreSpelled(String text) {
    assertThat(FOUR_OF_A_CODE.isViable(text)).isTrue();
    assertThat(FOUR_OF_A_CODE.isComplete(text)).isTrue();
    for (int length = 0; length <= text.length(); length++) {
      String beginning = text.substring(0, length);
      assertThat(FOUR_OF_A_CODE.isViable(beginning)).as(beginning).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "A 4",
        "A 4 B",
        "double",
        "AB-1",
        "alpha four brav",
        "it's ",
        "A forty f"
      })
  void fewerThanFourCharactersMayBecomeFour(String text) {
    assertThat(FOUR_OF_A_CODE.isViable(text)).isTrue();
    assertThat(FOUR_OF_A_CODE.isComplete(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A 4 B 7 C",
        "ABCDE",
        "hello",
        "ab12",
        "I don't",
        "A 4 the",
        "A 4, my code",
        "double double",
        "-",
        "A/4"
      })
  void wordsAreNoCode(String text) {
    assertThat(FOUR_OF_A_CODE.isViable(text)).isFalse();
    assertThat(FOUR_OF_A_CODE.isComplete(text)).isFalse();
  }

  @Test
  void lettersAreNoDigits() {
    assertThat(Constraint.digits(4, 4).isViable("A 4 B 7")).isFalse();
    assertThat(Constraint.digits(4, 4).isViable("alpha")).isFalse();
    assertThat(Constraint.digits(4, 4).isViable("A4B7")).isFalse();
  }

  @Test
  void numbersOfDigitsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Constraint.digits(5, 4)).hasMessageContaining("1 ≤ min ≤ max");
  }
}
