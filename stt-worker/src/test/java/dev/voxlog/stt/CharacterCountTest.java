package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterCountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Four, five, eight, | 3",
        "4 5 8 7 1 | 5",
        "45871. | 5",
        "It's 64/77. | 4",
        "4-5-8-7-1 | 5",
        "It's forty five, eighty seven, one. | 5",
        "four double five | 3",
        "four double | 0",
        "triple seven oh one | 5",
        "I think it's order 45 | 2",
        "fourteen twelve | 4",
        "where is my order | 0",
        "five apples | 0",
        "'' | 0"
      })
  void digitsAtTheEndAreCounted(String text, int digits) {
    assertThat(CharacterCount.atEndOf(Spelling.DIGITS, text)).isEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A, 4, B, 7. | 4",
        "It's AB-12. | 4",
        "A4 | 2",
        "I think it's alpha four bravo | 3",
        "double a seven | 3",
        "double u seven | 2",
        "4 5 8 7 1 | 5",
        "I have no code | 0",
        "it is in the mail | 0",
        "'' | 0"
      })
  void ofACodeLettersCountToo(String text, int characters) {
    assertThat(CharacterCount.atEndOf(Spelling.CODE, text)).isEqualTo(characters);
  }
}
