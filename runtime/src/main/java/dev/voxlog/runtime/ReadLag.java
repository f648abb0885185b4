package dev.voxlog.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/// How far the read positions of a stage lie behind the ends of its inputs, in records and in time:
/// the age of the oldest record that has not been read, as closely as it is known. That is since
/// the partition was last read to its end, or since the last record read was written, whichever was
/// later; before either is known, since the partition is held.
///
/// Confined to the poll thread. The writers' clocks may differ from ours, so ages are for
/// dashboards; [Telemetry.Lag#unreadMs], by our own clock alone, is for decisions.
final class ReadLag {
  /// How old the news that a partition was read to its end may be. The client answers from another
  /// of its threads: asked after each poll that would be the dearest part of reading.
  private static final long FRESH_MS = 200;

  private final Map<TopicPartition, Position> positions = new HashMap<>();

  private static final class Position {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private long heldMs = UNKNOWN;
    private long stampMs = UNKNOWN;
    private long atEndMs = UNKNOWN;

    /// When what is unread was written at the earliest.
    long writtenSinceMs() {
      long latest = Math.max(stampMs, atEndMs);
      return latest == UNKNOWN ? heldMs : latest;
    }

    /// Since when there has been something unread.
    long unreadSinceMs() {
      return Math.max(heldMs, atEndMs);
    }
  }

  /// A record written at `stampMs` has been read.
  void read(TopicPartition partition, long stampMs) {
    positions.computeIfAbsent(partition, _ -> new Position()).stampMs = stampMs;
  }

  /// Whether it is time to ask again whether the partition is read to its end. Always, as long as
  /// it is not.
  boolean isToAsk(TopicPartition partition, long nowMs) {
    Position position = positions.get(partition);
    return position == null || nowMs < position.atEndMs || nowMs >= position.atEndMs + FRESH_MS;
  }

  /// There is nothing unread at the moment.
  void readToEnd(TopicPartition partition, long nowMs) {
    positions.computeIfAbsent(partition, _ -> new Position()).atEndMs = nowMs;
  }

  /// How far behind the partition is now. `records` is empty as long as nobody knows. A paused
  /// partition is not told of its end, so it counts as not read to it.
  Telemetry.Lag measured(
      TopicPartition partition, OptionalLong records, boolean isPaused, long nowMs) {
    Position position = positions.computeIfAbsent(partition, _ -> new Position());
    if (position.heldMs == Position.UNKNOWN) {
      position.heldMs = nowMs;
    }
    if (records.orElse(1) == 0 && !isPaused) {
      readToEnd(partition, nowMs);
      return new Telemetry.Lag(0, 0, 0);
    }
    return new Telemetry.Lag(
        records.orElse(0),
        Math.max(0, nowMs - position.writtenSinceMs()),
        nowMs - position.unreadSinceMs());
  }

  void forget(Collection<TopicPartition> gone) {
    positions.keySet().removeAll(gone);
  }
}
