package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenAmountTest {
  @ParameterizedTest
  @CsvSource({
    "forty-nine fifty, 49.50",
    "make it forty nine fifty please, 49.50",
    "49 50, 49.50",
    "49.50, 49.50",
    "twelve oh nine, 12.09",
    "one hundred twenty fifty, 120.50",
    "nine fifty, 9.50",
    "forty nine, 49.00",
    "a hundred, 100.00"
  })
  void anAmountIsSaidWithoutItsCurrency(String said, BigDecimal amount) {
    assertThat(SpokenAmount.in(said)).contains(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"all of it", "four five eight one two", "forty or fifty", "[card number]"})
  void otherWordsSayNone(String said) {
    assertThat(SpokenAmount.in(said)).isEmpty();
  }
}
