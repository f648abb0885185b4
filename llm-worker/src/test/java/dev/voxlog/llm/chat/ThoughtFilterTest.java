package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Thoughts at the beginning of an answer are not said, however they are cut.
class ThoughtFilterTest {
  private static String said(String... deltas) {
    ThoughtFilter filter = new ThoughtFilter();
    StringBuilder said = new StringBuilder();
    List.of(deltas).forEach(each -> said.append(filter.without(each)));
    return said.append(filter.rest()).toString();
  }

  @Test
  void aThoughtAtTheBeginningIsLeftOut() {
    assertThat(said("<think>\nHm. Roses.\n</think>\n\nA soaker hose."))
        .isEqualTo("\n\nA soaker hose.");
  }

  @Test
  void anAnswerCutAnywhereComesToTheSame() {
    String answer = " <think>Is it < or > than that?</think>A soaker <b> hose.";
    for (int cut = 1; cut < answer.length(); cut++) {
      assertThat(said(answer.substring(0, cut), answer.substring(cut)))
          .isEqualTo("A soaker <b> hose.");
    }
    assertThat(said(answer.split(""))).isEqualTo("A soaker <b> hose.");
  }

  @Test
  void anAnswerWithoutOneIsSaidAtOnce() {
    ThoughtFilter filter = new ThoughtFilter();
    assertThat(filter.without("A so")).isEqualTo("A so");
    assertThat(filter.without("aker <think> hose")).isEqualTo("aker <think> hose");
  }

  @Test
  void ofAThoughtThatDoesNotEndNothingIsSaid() {
    assertThat(said("<think>Hm", ". Roses")).isEmpty();
    assertThat(said("<thi")).isEqualTo("<thi");
  }
}
