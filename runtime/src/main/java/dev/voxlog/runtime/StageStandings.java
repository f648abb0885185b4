package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// How far the stages are, from samples of where the log ends and of what their commits say.
///
/// A stage is as far behind as it is long since a partition was first seen to end after what the
/// stage has read of it. All times are the observer's own, so no clock is compared with another.
/// What is not read for a minute while nothing more is written is forgotten: whether somebody reads
/// again is found out with the next record only. Confined to one thread.
final class StageStandings {
  private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();
  private static final long STALE = Duration.ofSeconds(5).toNanos();

  private final Map<TopicPartition, End> ends = new HashMap<>();
  private final Map<StageName, Map<TopicPartition, Told>> told = new EnumMap<>(StageName.class);

  private record Growth(long nanos, long end) {}

  private record Told(ReadNote note, long sinceNanos) {}

  private static final class End {
    private final Deque<Growth> growths = new ArrayDeque<>();
    private long latest;

    End(long latest) {
      this.latest = latest;
    }
  }

  /// The partition ends here now.
  void ends(TopicPartition partition, long offset, long nanos) {
    End end = ends.computeIfAbsent(partition, _ -> new End(offset));
    if (offset > end.latest) {
      end.growths.add(new Growth(nanos, offset));
    }
    end.latest = offset;
    end.growths.removeIf(growth -> nanos - growth.nanos > FORGOTTEN);
  }

  /// The stage's commits say so now, and nothing of any other partition: who says nothing, being of
  /// an older version or gone, is not taken at an old word.
  void says(StageName stage, Map<TopicPartition, ReadNote> notes, long nanos) {
    Map<TopicPartition, Told> before = told.getOrDefault(stage, Map.of());
    Map<TopicPartition, Told> now = new HashMap<>();
    notes.forEach((partition, note) -> {
      Told last = before.get(partition);
      now.put(partition, last != null && last.note.equals(note) ? last : new Told(note, nanos));
    });
    told.put(stage, now);
    told.values().removeIf(Map::isEmpty);
  }

  /// Every stage that says anything.
  Map<StageName, StageWatch.Standing> now(long nanos) {
    Map<StageName, StageWatch.Standing> standings = new EnumMap<>(StageName.class);
    told.forEach((stage, partitions) -> {
      Duration lag = Duration.ZERO;
      Duration wait = Duration.ZERO;
      for (var each : partitions.entrySet()) {
        lag = longer(lag, lag(each.getKey(), each.getValue().note.position(), nanos));
        wait = longer(wait, wait(each.getValue(), nanos));
      }
      standings.put(stage, new StageWatch.Standing(lag, wait));
    });
    return standings;
  }

  private Duration lag(TopicPartition partition, long position, long nanos) {
    End end = ends.get(partition);
    if (end == null) {
      return Duration.ZERO;
    }
    for (Growth growth : end.growths) {
      if (growth.end > position) {
        return Duration.ofNanos(nanos - growth.nanos);
      }
    }
    return Duration.ZERO;
  }

  private static Duration wait(Told told, long nanos) {
    return nanos - told.sinceNanos > STALE ? Duration.ZERO : told.note.engineWait();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
