package dev.voxlog.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether the group membership was confirmed recently enough that nobody else can own our
/// partitions, by the monotonic clock.
///
/// The client counts the broker's answers to its heartbeats, also one that says that we are out of
/// the group. An answer is therefore none before a whole poll has followed it, in which we would
/// have been told of that. One seen now came at some time since the count was last looked at, so it
/// is dated there. A process that was stopped notices the gap between two polls and does not trust
/// itself again before a whole session has passed.
///
/// Threads: any; the poll thread tells when it has come round.
final class OwnershipWatch {
  private final long sessionNanos;
  private final LongSupplier confirmations;
  private final LongSupplier nanos;
  private long seen;
  private boolean isAnswered;
  private long answeredAt;
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
    this.polledAt = nanos.getAsLong();
  }

  /// The poll thread has come round once more, with a whole poll.
  synchronized void polled() {
    long now = nanos.getAsLong();
    if (now - polledAt > sessionNanos / 2) {
      isDistrusted = true;
      distrustUntil = now + sessionNanos;
    }
    if (isAnswered) {
      isConfirmedOnce = true;
      confirmedAt = answeredAt;
    }
    long count = confirmations.getAsLong();
    isAnswered = count != seen;
    seen = count;
    answeredAt = polledAt;
    polledAt = now;
  }

  synchronized boolean isConfirmed() {
    long now = nanos.getAsLong();
    isDistrusted = isDistrusted && now - distrustUntil < 0;
    return !isDistrusted
        && now - polledAt <= sessionNanos / 2
        && isConfirmedOnce
        && now - confirmedAt <= sessionNanos / 2;
  }
}
