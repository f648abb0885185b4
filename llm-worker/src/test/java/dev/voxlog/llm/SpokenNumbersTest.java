package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenNumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It costs $4.95. | 4.95",
        "It costs four dollars and ninety-five cents. | 4.95",
        "That is one thousand two hundred and thirty dollars. | 1230",
        "From $1,000 on. | 1000",
        "It's a hundred dollars. | 100",
        "You get 15 percent, or twenty % off. | 15;20",
        "Eighty euros and 3 cents. | 80;3",
        "It takes two days. | ''",
        "Someone has twenty of them. | ''",
        "It is €7 or £8. | 7;8"
      })
  void amountsAreFoundInFiguresAndWords(String text, String amounts) {
    assertThat(SpokenNumbers.money(text))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(amounts.split(";"))
                .filter(each -> !each.isEmpty())
                .map(each -> new BigDecimal(each).stripTrailingZeros())
                .toList());
  }
}
