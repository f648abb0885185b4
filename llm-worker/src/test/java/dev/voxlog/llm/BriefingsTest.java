package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BriefingsTest {
  private final Briefings briefings = new Briefings();

  @Test
  void theCallsOfAnAgentShareWhatAModelIsToldAndHeldTo() {
    assertThat(briefings.of(CallLab.ACME)).isSameAs(briefings.of(CallLab.ACME));
  }
}
