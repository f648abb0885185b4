package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What's the status of order 45871? | what's the status of order number",
        "It's four, five, eight, seven, one. | it's number",
        "order 4-5-8-7-1, please! | order number please",
        "I want the other one. | i want the other one",
        "Thank you. | thank you",
        "... | ''"
      })
  void numbersAreOnePlaceholder(String text, String form) {
    assertThat(SpokenForm.of(text)).isEqualTo(form);
  }
}
