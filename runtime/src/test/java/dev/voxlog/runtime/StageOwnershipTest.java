package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the poll loop takes for a confirmation that its partitions are its own.
@Timeout(60)
class StageOwnershipTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MockedStage mocked = new MockedStage();

  @AfterEach
  void stop() {
    mocked.close();
  }

  @Test
  void aPollThatIsCutShortConfirmsNothing() {
    mocked.start();
    mocked.consumer.onPoll(() -> {
      mocked.consumer.heartbeats.incrementAndGet();
      mocked.consumer.isCutShort = true;
    });
    await().atMost(SOON).until(() -> mocked.consumer.cutShort.get() > 3);
    assertThat(mocked.context.ownership().isConfirmed()).isFalse();
    mocked.consumer.isCutShort = false;
    await()
        .atMost(SOON)
        .until(() -> {
          mocked.consumer.heartbeats.incrementAndGet();
          return mocked.context.ownership().isConfirmed();
        });
  }
}
