package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeSet;

/// From where one call's inputs are still needed, and from where its stage's own records must be
/// read to restore it.
///
/// Threads: all methods are synchronized; the poll thread, the call's mailbox and the producers'
/// callbacks meet here. A safe point moves only once every record emitted before it is
/// acknowledged, so that nothing is committed before its outputs are in the log, and it never moves
/// back.
final class SafePoints {
  static final long NONE = -1;

  private static final int TOPICS = Topic.values().length;

  private final long[] received = none();
  private final long[] safe = none();
  private final long[] needed = none();
  private final long[] tail = none();
  private final boolean[] isManual = new boolean[TOPICS];
  private final TreeSet<Long> inFlight = new TreeSet<>();
  private final Deque<Move> moves = new ArrayDeque<>();
  private long tickets;

  private record Move(long after, Runnable apply) {}

  /// An offset for each topic, and none of them known.
  static long[] none() {
    long[] offsets = new long[TOPICS];
    Arrays.fill(offsets, NONE);
    return offsets;
  }

  /// A record was handed to the call.
  synchronized void received(Topic topic, long offset) {
    int t = topic.ordinal();
    if (safe[t] > received[t]) {
      raise(safe, t, offset);
    } else if (safe[t] == NONE) {
      safe[t] = offset;
    }
    received[t] = Math.max(received[t], offset);
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

  /// Runs `then` once all that has been sent so far is acknowledged, at once if it is. It must not
  /// block.
  synchronized void whenWritten(Runnable then) {
    if (inFlight.isEmpty()) {
      then.run();
    } else {
      moves.add(new Move(tickets, then));
    }
  }

  /// Of `topic` the step as it is needs inputs from `offset` on: the next checkpoint moves the
  /// topic's safe point there, and from now on handling its inputs alone moves nothing.
  synchronized void needs(Topic topic, long offset) {
    isManual[topic.ordinal()] = true;
    raise(needed, topic.ordinal(), offset);
  }

  /// All inputs before `handledNext` (next offsets by topic ordinal) are handled and left nothing
  /// open.
  synchronized void passed(long[] handledNext) {
    long[] next = handledNext.clone();
    whenWritten(() -> pass(next));
  }

  private void pass(long[] next) {
    for (int t = 0; t < TOPICS; t++) {
      if (!isManual[t]) {
        raise(safe, t, next[t]);
      }
    }
  }

  /// A checkpoint has been sent: once it is acknowledged, inputs before its `resumeFrom` are not
  /// needed, and own records are read from `tails` (by topic ordinal) on.
  synchronized void checkpoint(long[] resumeFrom, long[] tails) {
    long[] next = resumeFrom.clone();
    long[] from = tails.clone();
    whenWritten(() -> {
      for (int t = 0; t < TOPICS; t++) {
        raise(safe, t, next[t]);
        raise(tail, t, from[t]);
      }
    });
  }

  private static void raise(long[] offsets, int topic, long offset) {
    offsets[topic] = Math.max(offsets[topic], offset);
  }

  /// Nothing received so far is needed: the call lay still for too long.
  synchronized void release() {
    long[] last = received.clone();
    whenWritten(() -> {
      for (int t = 0; t < TOPICS; t++) {
        raise(safe, t, last[t] == NONE ? NONE : last[t] + 1);
      }
    });
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

  /// From where each topic is to be handled by who opens the call from a checkpoint taken now,
  /// [#NONE] for all of it.
  synchronized long[] resumeFrom(long[] handledNext) {
    long[] from = handledNext.clone();
    for (int t = 0; t < TOPICS; t++) {
      if (isManual[t]) {
        from[t] = needed[t];
      }
    }
    return from;
  }

  synchronized boolean isAllWritten() {
    return inFlight.isEmpty();
  }
}
