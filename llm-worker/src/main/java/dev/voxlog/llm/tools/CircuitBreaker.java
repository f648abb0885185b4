package dev.voxlog.llm.tools;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps calls from a remote service that has failed several times in a row, then lets one through
/// to see. Safe for any thread.
public final class CircuitBreaker {
  private final int most;
  private final long pauseNanos;
  private final LongSupplier nanoTime;
  private int failures;
  private long openUntil;

  /// Opens after `most` failures in a row, for `pause`; `nanoTime` is a monotonic clock.
  public CircuitBreaker(int most, Duration pause, LongSupplier nanoTime) {
    this.most = most;
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
  }

  /// Whether a call may go out. After the pause one may, and the next ones wait for its outcome or
  /// another pause.
  public synchronized boolean admits() {
    if (failures < most) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (now - openUntil < 0) {
      return false;
    }
    openUntil = now + pauseNanos;
    return true;
  }

  public synchronized void succeeded() {
    failures = 0;
  }

  public synchronized void failed() {
    failures++;
    openUntil = nanoTime.getAsLong() + pauseNanos;
  }
}
