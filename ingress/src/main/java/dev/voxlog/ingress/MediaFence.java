package dev.voxlog.ingress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may play to one call: the egress of the highest epoch, over the connection it attached with
/// last, each command once. Confined to one thread.
///
/// @param <C> the connections, told apart by identity
@SuppressWarnings("ReferenceEquality")
final class MediaFence<C> {
  private static final int MOST_MARKS = 4_096;

  private final Deque<String> marks = new ArrayDeque<>();
  private long epoch = Long.MIN_VALUE;
  private long seq = Long.MIN_VALUE;
  private @Nullable C player;
  private String lastChunk = "";

  /// What becomes of a command.
  enum Ruling {
    ACCEPTED,
    /// Already carried out, or from a connection that has been replaced.
    REPEATED,
    /// From an egress that has been superseded.
    REFUSED
  }

  Ruling attach(long commandEpoch, long commandSeq, C from) {
    if (commandEpoch < epoch) {
      return Ruling.REFUSED;
    }
    epoch = commandEpoch;
    seq = commandSeq;
    player = from;
    return Ruling.ACCEPTED;
  }

  Ruling admit(long commandEpoch, long commandSeq, C from) {
    if (commandEpoch < epoch) {
      return Ruling.REFUSED;
    }
    if (commandEpoch > epoch) {
      return attach(commandEpoch, commandSeq, from);
    }
    if (commandSeq <= seq || player != from) {
      return Ruling.REPEATED;
    }
    seq = commandSeq;
    return Ruling.ACCEPTED;
  }

  void chunkSent(String chunk) {
    lastChunk = chunk;
  }

  /// What was sent has been dropped: nothing of it will be heard.
  void cleared() {
    lastChunk = "";
  }

  void markSent(String name) {
    if (marks.size() == MOST_MARKS) {
      marks.remove();
    }
    marks.add(name);
  }

  /// Gives whether the mark was outstanding.
  boolean markReturned(String name) {
    return marks.remove(name);
  }

  /// The carrier's buffer is gone with its stream; the epoch stays.
  void streamReplaced() {
    marks.clear();
    lastChunk = "";
  }

  void disconnected(C connection) {
    if (player == connection) {
      player = null;
    }
  }

  long epoch() {
    return epoch;
  }

  @Nullable C player() {
    return player;
  }

  String lastChunk() {
    return lastChunk;
  }

  List<String> outstandingMarks() {
    return List.copyOf(marks);
  }
}
