package dev.voxlog.runtime;

import dev.voxlog.schemas.CallerAudio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The records of a call that is not known yet, in the order they came, each with when that was.
///
/// Confined to the call's mailbox, but that anyone may count them.
final class EarlyRecords {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Deque<Early> waiting = new ArrayDeque<>();
  private Instant behindAt = Instant.MIN;
  private volatile int count;

  /// A record that waits, after audio that was left out if there was any.
  record Early(Arrival arrival, CallerAudio.@Nullable Gap gap, Instant since) {}

  void add(Early early) {
    waiting.add(early);
    count = waiting.size();
  }

  /// What says what call it is may be among the records not read yet: so far nothing has waited.
  void callsAreBehind(Instant now) {
    behindAt = now;
  }

  /// Takes the oldest record if it has waited for too long.
  @Nullable Early overdue(Instant now) {
    Early first = waiting.peek();
    if (first == null) {
      return null;
    }
    Instant from = first.since.isAfter(behindAt) ? first.since : behindAt;
    return Duration.between(from, now).compareTo(PATIENCE) > 0 ? next() : null;
  }

  /// Takes the oldest record.
  @Nullable Early next() {
    Early first = waiting.poll();
    count = waiting.size();
    return first;
  }

  /// How many there are; from any thread.
  int count() {
    return count;
  }
}
