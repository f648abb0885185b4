package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Stopping what runs.
class StopSignalTest {
  private final StopSignal stop = new StopSignal();
  private final AtomicInteger stopped = new AtomicInteger();

  @Test
  void whatIsRegisteredRunsOnceOnStop() {
    stop.whenStopped(stopped::incrementAndGet);

    stop.stop();
    stop.stop();

    assertThat(stopped).hasValue(1);
    assertThat(stop.isStopped()).isTrue();
  }

  @Test
  void whatComesAfterTheStopRunsAtOnce() {
    stop.stop();

    stop.whenStopped(stopped::incrementAndGet);

    assertThat(stopped).hasValue(1);
  }

  @Test
  void whatIsClosedNeverRuns() {
    try (StopSignal.Registration _ = stop.whenStopped(stopped::incrementAndGet)) {
      assertThat(stop.isStopped()).isFalse();
    }

    stop.stop();

    assertThat(stopped).hasValue(0);
  }
}
