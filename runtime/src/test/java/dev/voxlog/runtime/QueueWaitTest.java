package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueWaitTest {
  private long now;
  private final QueueWait wait = new QueueWait(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void whatWaitsNowCountsForAsLongAsItWaits() {
    assertThat(wait.longest()).isZero();
    QueueWait.Ticket first = wait.queued();
    pass(Duration.ofSeconds(1));
    QueueWait.Ticket second = wait.queued();
    pass(Duration.ofSeconds(1));
    assertThat(wait.longest()).isEqualTo(Duration.ofSeconds(2));
    first.begins();
    pass(Duration.ofSeconds(3));
    assertThat(wait.longest()).as("the second has waited").isEqualTo(Duration.ofSeconds(4));
    second.begins();
  }

  @Test
  void whatOvertookDoesNotHideWhatStillWaits() {
    QueueWait.Ticket slow = wait.queued();
    QueueWait.Ticket urgent = wait.queued();
    urgent.begins();
    pass(Duration.ofSeconds(5));
    assertThat(wait.longest()).isEqualTo(Duration.ofSeconds(5));
    slow.begins();
  }

  @Test
  void aLongWaitIsRememberedForAMomentAndThenForgotten() {
    QueueWait.Ticket late = wait.queued();
    pass(Duration.ofSeconds(3));
    late.begins();
    wait.queued().begins();
    pass(Duration.ofSeconds(1));
    assertThat(wait.longest()).isEqualTo(Duration.ofSeconds(3));
    pass(Duration.ofMillis(1_001));
    assertThat(wait.longest()).isZero();
  }
}
