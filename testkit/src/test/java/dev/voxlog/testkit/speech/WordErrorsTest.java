package dev.voxlog.testkit.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordErrorsTest {
  @Test
  void eachKindOfErrorCountsOnce() {
    assertThat(WordErrors.between("a b c d", "a x c d e")).isEqualTo(new WordErrors(2, 4));
    assertThat(WordErrors.between("a b c", "")).isEqualTo(new WordErrors(3, 3));
    assertThat(WordErrors.between("a", "a")).isEqualTo(new WordErrors(0, 1));
  }

  @Test
  void numbersCasePunctuationAndTitlesAreNoErrors() {
    assertThat(
            WordErrors.between(
                    "in eighteen thirteen mister o'neill said twenty one",
                    "In 1813, Mr. O'Neill said: 21.")
                .errors())
        .isZero();
    assertThat(WordErrors.between("one oh two", "1-0-2").errors()).isZero();
    assertThat(WordErrors.words("10.")).containsExactly("ten");
  }
}
