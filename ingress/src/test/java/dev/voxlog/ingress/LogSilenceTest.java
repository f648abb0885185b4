package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogSilenceTest {
  private Duration now = Duration.ZERO;
  private final LogSilence silence = new LogSilence(() -> now.toNanos());

  private void seconds(int passed) {
    now = now.plusSeconds(passed);
  }

  @Test
  void aLogThatOwesNothingIsNotSilent() {
    seconds(5);
    assertThat(silence.length()).isZero();
    silence.asked();
    silence.answered(true);
    seconds(5);

    assertThat(silence.length()).isZero();
  }

  @Test
  void itCountsFromTheFirstRecordWithoutAnAnswer() {
    silence.asked();
    seconds(2);
    silence.asked();
    seconds(3);

    assertThat(silence.length()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void oneAnswerEndsItForAll() {
    silence.asked();
    silence.asked();
    seconds(4);
    silence.answered(true);
    assertThat(silence.length()).isZero();
    seconds(1);

    assertThat(silence.length()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void recordsThatAreGivenUpDoNotEndIt() {
    silence.asked();
    seconds(30);
    silence.answered(false);
    seconds(1);
    silence.asked();

    assertThat(silence.length()).isEqualTo(Duration.ofSeconds(31));
  }
}
