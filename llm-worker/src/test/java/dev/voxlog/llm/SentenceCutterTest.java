package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceCutterTest {
  private static final int CHARACTERS = 100_000;
  private static final Duration LONG = Duration.ofSeconds(30);

  private static List<String> cut(String answer, int each) {
    SentenceCutter cutter = new SentenceCutter();
    List<String> sentences = new ArrayList<>();
    for (int at = 0; at < answer.length(); at += each) {
      sentences.addAll(cutter.add(answer.substring(at, Math.min(answer.length(), at + each))));
    }
    sentences.addAll(cutter.rest());
    return sentences;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void sentencesAreTheSameHoweverTheyCome(int each) {
    String answer =
        """
        - Hello, Mr. Green. It is <b>four</b> dollars, at 9 a.m. and 5 p.m. on Sundays! "Is it?"

        * No. 5 has 3 - 4 of them
          - and is <small> x < y...

        **Bye**
        """;
    assertThat(cut(answer, each))
        .containsExactly(
            "Hello, Mr. Green.",
            "It is four dollars, at 9 a.m. and 5 p.m. on Sundays!",
            "\"Is it?\"",
            "No. 5 has 3 - 4 of them and is x < y...",
            "Bye");
  }

  @Test
  void aSentenceIsGivenOnceAnotherHasBegun() {
    SentenceCutter cutter = new SentenceCutter();
    assertThat(cutter.add("It is open. ")).isEmpty();
    assertThat(cutter.add("Until")).containsExactly("It is open.");
    assertThat(cutter.add(" nine.\n\n")).isEmpty();
    assertThat(cutter.add("And")).containsExactly("Until nine.");
    assertThat(cutter.length()).isEqualTo(28);
    assertThat(cutter.whole()).isEmpty();
  }

  @Test
  void ofABrokenAnswerWhatEndsInAMarkIsWhole() {
    SentenceCutter cutter = new SentenceCutter();
    cutter.add("It is open. (Until nine.)");
    assertThat(cutter.whole()).containsExactly("(Until nine.)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "a. ", "Mr. ", "1, ", "@", "<a", "- ", "x\n"})
  void anAnswerIsCutInTimeThatGrowsWithIt(String repeated) {
    assertTimeoutPreemptively(
        LONG,
        () -> assertThat(cut(repeated.repeat(CHARACTERS / repeated.length()), 3)).isNotEmpty());
  }
}
