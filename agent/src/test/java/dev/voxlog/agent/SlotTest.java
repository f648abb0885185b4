package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import org.junit.jupiter.api.Test;

class SlotTest {
  private static Slot slot(String type) {
    String yaml = ShopFile.with("type: orderId", "type: " + type);
    return AgentFile.parse(yaml.replace("        keypad: Type it.\n", ""), "shop.yaml")
        .agent()
        .slots()
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCodeIsAwaitedAsOneAndFilledByACodeAlone() {
    Slot code = slot("code");
    assertThat(code.expects()).isEqualTo(Answer.CODE);
    assertThat(code.exactLength()).isEqualTo(5);
    assertThat(code.type().entities()).containsExactly("code");
    assertThat(code.fits("A4B7C")).isTrue();
    assertThat(code.fits("47")).isFalse();
  }

  @Test
  void aCodeIsReadBackCharacterByCharacter() {
    assertThat(slot("code").type().format().apply("A4B7C")).isEqualTo("A 4 B 7 C");
  }

  @Test
  void aCodeAwaitedAsDigitsWouldLoseItsLettersAndIsRefused() {
    String yaml = ShopFile.with("type: orderId", "type: code\n        expects: digits");
    assertThat(ShopFile.problems(yaml.replace("        keypad: Type it.\n", "")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).endsWith("expects"))
        .satisfies(problem -> assertThat(problem.fix()).contains("type: digits"));
  }

  @Test
  void digitsAreStillFilledByDigits() {
    assertThat(slot("digits").expects()).isEqualTo(Answer.DIGITS);
    assertThat(slot("digits").type().entities()).containsExactly("digits", "orderId");
  }
}
