package dev.voxlog.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether the group membership was confirmed recently enough that nobody else can own our
/// partitions, by the monotonic clock.
///
/// The client counts the broker's answers to its heartbeats. An answer seen now came at some time
/// since the count was last looked at, so it is dated there. A process that was stopped notices the
/// gap between two polls and does not trust itself again before a whole session has passed.
///
/// Threads: any; the poll thread tells when it has come round.
final class OwnershipWatch {
  private final long sessionNanos;
  private final LongSupplier confirmations;
  private final LongSupplier nanos;
  private long seen;
  private long lookedAt;
  private long confirmedAt;
  private boolean isConfirmedOnce;
  private long polledAt;
  private long distrustUntil;
  private boolean isDistrusted;

  /// `confirmations` counts the broker's answers to heartbeats, `nanos` is the monotonic clock.
  OwnershipWatch(Duration session, LongSupplier confirmations, LongSupplier nanos) {
    this.sessionNanos = session.toNanos();
    this.confirmations = confirmations;
    this.nanos = nanos;
    this.seen = confirmations.getAsLong();
    this.lookedAt = nanos.getAsLong();
    this.polledAt = lookedAt;
  }

  /// The poll thread has come round once more.
  synchronized void polled() {
    long now = look();
    if (now - polledAt > sessionNanos / 2) {
      isDistrusted = true;
      distrustUntil = now + sessionNanos;
    }
    polledAt = now;
  }

  synchronized boolean isConfirmed() {
    long now = look();
    isDistrusted = isDistrusted && now - distrustUntil < 0;
    return !isDistrusted
        && now - polledAt <= sessionNanos / 2
        && isConfirmedOnce
        && now - confirmedAt <= sessionNanos / 2;
  }

  private long look() {
    long now = nanos.getAsLong();
    long count = confirmations.getAsLong();
    if (count != seen) {
      seen = count;
      confirmedAt = lookedAt;
      isConfirmedOnce = true;
    }
    lookedAt = now;
    return now;
  }
}
