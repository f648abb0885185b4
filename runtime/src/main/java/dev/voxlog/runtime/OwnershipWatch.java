package dev.voxlog.runtime;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Whether the group membership was confirmed recently enough that nobody else can own our partitions, by the monotonic clock.
///
/// A process that was stopped notices the gap between two polls and does not trust itself again before a whole session has
/// passed with heartbeats. Written by the poll thread, read by any.
final class OwnershipWatch {
  private final long halfSessionNanos;
  private final DoubleSupplier secondsSinceHeartbeat;
  private volatile long lastPollNanos = System.nanoTime();
  private volatile long distrustUntilNanos = Long.MIN_VALUE;

  OwnershipWatch(Duration session, DoubleSupplier secondsSinceHeartbeat) {
    this.halfSessionNanos = session.toNanos() / 2;
    this.secondsSinceHeartbeat = secondsSinceHeartbeat;
  }

  /// The poll thread has come round once more.
  void polled() {
    long now = System.nanoTime();
    if (now - lastPollNanos > halfSessionNanos) {
      distrustUntilNanos = now + 2 * halfSessionNanos;
    }
    lastPollNanos = now;
  }

  boolean isConfirmed() {
    long now = System.nanoTime();
    boolean isPolling = now - lastPollNanos <= halfSessionNanos;
    boolean isTrusted = distrustUntilNanos == Long.MIN_VALUE || now - distrustUntilNanos > 0;
    // The client counts whole seconds: half a session below one second reads as zero.
    boolean isBeating = secondsSinceHeartbeat.getAsDouble() * 1e9 <= halfSessionNanos;
    return isPolling && isTrusted && isBeating;
  }
}
