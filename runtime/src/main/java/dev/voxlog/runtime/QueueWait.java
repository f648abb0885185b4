package dev.voxlog.runtime;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/// How long work has to wait for its turn: what waits for longest now, or waited for longest among
/// what began a moment ago. Safe from any thread.
final class QueueWait {
  private static final long A_MOMENT = Duration.ofSeconds(2).toNanos();

  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Ticket> waiting = new ConcurrentLinkedQueue<>();
  private Begun longest;

  private record Begun(long atNanos, long waitedNanos) {}

  /// One piece of work that waits.
  final class Ticket {
    private final long sinceNanos = nanos.getAsLong();
    private volatile boolean hasBegun;

    /// Its turn has come.
    void begins() {
      hasBegun = true;
      began(sinceNanos);
    }
  }

  QueueWait(LongSupplier nanos) {
    this.nanos = nanos;
    this.longest = new Begun(nanos.getAsLong(), 0);
  }

  Ticket queued() {
    Ticket ticket = new Ticket();
    waiting.add(ticket);
    return ticket;
  }

  private synchronized void began(long sinceNanos) {
    long now = nanos.getAsLong();
    long waited = now - sinceNanos;
    if (waited >= longest.waitedNanos || now - longest.atNanos > A_MOMENT) {
      longest = new Begun(now, waited);
    }
    forgetBegun();
  }

  /// What began out of turn is forgotten once it is the oldest.
  private void forgetBegun() {
    for (Ticket oldest = waiting.peek();
        oldest != null && oldest.hasBegun;
        oldest = waiting.peek()) {
      waiting.remove();
    }
  }

  synchronized Duration longest() {
    long now = nanos.getAsLong();
    forgetBegun();
    Ticket oldest = waiting.peek();
    long waiting = oldest == null ? 0 : now - oldest.sinceNanos;
    long waited = now - longest.atNanos > A_MOMENT ? 0 : longest.waitedNanos;
    return Duration.ofNanos(Math.max(waiting, waited));
  }
}
