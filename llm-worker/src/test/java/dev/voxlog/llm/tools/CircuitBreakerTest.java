package dev.voxlog.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final AtomicLong now = new AtomicLong();
  private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(10), now::get);

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  @Test
  void failuresInARowOpenIt() {
    fails(2);
    assertThat(breaker.admits()).isTrue();
    fails(1);
    assertThat(breaker.admits()).isFalse();
  }

  @Test
  void aSuccessBetweenBeginsTheCountAnew() {
    fails(2);
    breaker.succeeded();
    fails(2);

    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void afterThePauseOneCallTriesAndTheOthersWaitForIt() {
    fails(3);
    now.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isFalse();

    breaker.succeeded();
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void aTryThatFailsKeepsItOpenForAnotherPause() {
    fails(3);
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(breaker.admits()).isTrue();
    fails(1);
    now.addAndGet(Duration.ofSeconds(9).toNanos());

    assertThat(breaker.admits()).isFalse();
  }
}
