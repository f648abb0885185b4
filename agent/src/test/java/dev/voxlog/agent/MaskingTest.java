package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What an agent file says about what is not kept.
class MaskingTest {
  private static Masking read(String section) {
    String yaml = ShopFile.with("dtmf:", section + "dtmf:");
    return AgentFile.parse(yaml, "test").agent().masking();
  }

  @Test
  void cardsAreMaskedWhereNothingIsSaid() {
    assertThat(read("")).isEqualTo(new Masking(true, false, false));
    assertThat(read("masking: {ibans: true}\n")).isEqualTo(new Masking(true, false, true));
  }

  @Test
  void eachKindIsChosenByItself() {
    assertThat(read("masking: {cards: false, socialSecurityNumbers: true}\n"))
        .isEqualTo(new Masking(false, true, false));
  }

  @Test
  void whatIsNoKindIsToldWithItsLine() {
    String yaml = ShopFile.with("dtmf:", "masking: {card: true, ibans: maybe}\ndtmf:");
    assertThat(ShopFile.problems(yaml))
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("masking.card", "masking.ibans");
  }
}
