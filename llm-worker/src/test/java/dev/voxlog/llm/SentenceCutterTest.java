package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentenceCutterTest {
  private static final List<String> PIECES =
      List.of(
          "It",
          " is",
          " 3",
          ".",
          "5",
          " Dr",
          ". ",
          "No",
          " 10 a.m.",
          " or",
          " Then",
          "!",
          "?\"",
          "\n",
          "\n\n",
          "- ",
          "**",
          "<b",
          ">",
          "</b>",
          " ",
          "…",
          "etc.",
          ") ",
          "U.S.",
          "so\n\nit");

  private static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void aSentenceIsGivenOnceTheNextHasBegun() {
    SentenceCutter cutter = new SentenceCutter();

    assertThat(cutter.add("It costs $4.")).isEmpty();
    assertThat(cutter.add("50. ")).isEmpty();
    assertThat(cutter.add("Th")).containsExactly("It costs $4.50.");
    assertThat(cutter.add("at is all")).isEmpty();
    assertThat(cutter.rest()).containsExactly("That is all");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anAnswerIsCutAlikeInWhateverDeltasItComes(long seed) {
    Random random = new Random(seed);
    SentenceCutter cutter = new SentenceCutter();
    StringBuilder text = new StringBuilder();
    List<String> given = new ArrayList<>();

    for (int i = 0; i < 60; i++) {
      String delta = PIECES.get(random.nextInt(PIECES.size()));
      List<String> whole = new SentenceCutter().add(text.append(delta).toString());
      List<String> expected = whole.subList(Math.min(given.size(), whole.size()), whole.size());

      List<String> next = cutter.add(delta);

      assertThat(next).as("%s", text).isEqualTo(expected);
      given.addAll(next);
    }
  }
}
