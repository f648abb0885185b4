package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeSet;

/// From where one call's inputs are still needed, and from where its stage's own records must be read to restore it.
///
/// Threads: all methods are synchronized; the poll thread, the call's mailbox and the producers' callbacks meet here. A safe
/// point moves only once every record emitted before it is acknowledged, so that nothing is committed before its outputs
/// are in the log.
final class SafePoints {
  private static final int TOPICS = Topic.values().length;
  private static final long NONE = -1;

  private final long[] received = filled();
  private final long[] safe = filled();
  private final long[] tail = filled();
  private final boolean[] isManual = new boolean[TOPICS];
  private final TreeSet<Long> inFlight = new TreeSet<>();
  private final Deque<Move> moves = new ArrayDeque<>();
  private long tickets;

  private record Move(long after, Runnable apply) {}

  private static long[] filled() {
    long[] offsets = new long[TOPICS];
    Arrays.fill(offsets, NONE);
    return offsets;
  }

  /// A record was handed to the call.
  synchronized void received(Topic topic, long offset) {
    int t = topic.ordinal();
    received[t] = Math.max(received[t], offset);
    if (safe[t] == NONE) {
      safe[t] = offset;
    }
  }

  /// A record is being sent; give the ticket back to [#acknowledged].
  synchronized long sent() {
    long ticket = tickets++;
    inFlight.add(ticket);
    return ticket;
  }

  synchronized void acknowledged(long ticket) {
    inFlight.remove(ticket);
    while (!moves.isEmpty() && (inFlight.isEmpty() || inFlight.first() >= moves.peek().after)) {
      moves.remove().apply.run();
    }
  }

  /// Inputs of `topic` before `offset` are not needed; from now on checkpoints leave this topic alone.
  synchronized void move(Topic topic, long offset) {
    isManual[topic.ordinal()] = true;
    whenWritten(() -> safe[topic.ordinal()] = offset);
  }

  /// A checkpoint has been sent: once it is acknowledged, inputs before `handledNext` (next offsets by topic ordinal) are
  /// not needed, and own records are read from `tails` (by topic ordinal) on.
  synchronized void checkpoint(long[] handledNext, long[] tails) {
    whenWritten(
        () -> {
          for (int t = 0; t < TOPICS; t++) {
            if (!isManual[t] && handledNext[t] != NONE) {
              safe[t] = Math.max(safe[t], handledNext[t]);
            }
            if (tails[t] != NONE) {
              tail[t] = Math.max(tail[t], tails[t]);
            }
          }
        });
  }

  /// Runs `apply`, which must not block, once every record sent so far is acknowledged.
  synchronized void whenWritten(Runnable apply) {
    if (inFlight.isEmpty()) {
      apply.run();
    } else {
      moves.add(new Move(tickets, apply));
    }
  }

  synchronized void startTail(Topic topic, long offset) {
    tail[topic.ordinal()] = offset;
  }

  /// The first offset of `topic` that is still needed, or `otherwise` when nothing received is.
  synchronized long neededFrom(Topic topic, long otherwise) {
    int t = topic.ordinal();
    boolean isOpen = received[t] != NONE && safe[t] <= received[t];
    return isOpen ? Math.min(safe[t], otherwise) : otherwise;
  }

  synchronized long tailFrom(Topic topic, long otherwise) {
    long from = tail[topic.ordinal()];
    return from == NONE ? otherwise : Math.min(from, otherwise);
  }

  synchronized boolean isAllWritten() {
    return inFlight.isEmpty();
  }
}
