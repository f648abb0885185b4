package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.Map;
import java.util.TreeMap;

/// The highest epoch seen of each writing stage in each topic of one partition: what a lower epoch writes is void.
///
/// Confined to one thread at a time.
final class Fences {
  private final Map<Key, Long> epochs;

  private record Key(Topic topic, StageName writer) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTopic = topic.compareTo(other.topic);
      return byTopic != 0 ? byTopic : writer.compareTo(other.writer);
    }
  }

  Fences() {
    epochs = new TreeMap<>();
  }

  /// A marker, or a record of a higher epoch than any seen, raises the fence.
  void raise(Topic topic, StageName writer, long epoch) {
    epochs.merge(new Key(topic, writer), epoch, Math::max);
  }

  /// Whether a record of this epoch counts; one that is higher than the fence raises it.
  boolean admits(Topic topic, StageName writer, long epoch) {
    long fence = epochs.getOrDefault(new Key(topic, writer), Long.MIN_VALUE);
    if (epoch < fence) {
      return false;
    }
    if (epoch > fence) {
      raise(topic, writer, epoch);
    }
    return true;
  }

  void raiseAll(Fences other) {
    other.epochs.forEach((key, epoch) -> raise(key.topic, key.writer, epoch));
  }

  /// Short enough for a commit's metadata: `topic:writer:epoch` by ordinal names, joined with commas.
  String encode() {
    StringBuilder text = new StringBuilder();
    epochs.forEach(
        (key, epoch) ->
            text.append(text.isEmpty() ? "" : ",")
                .append(key.topic.ordinal())
                .append('.')
                .append(key.writer.ordinal())
                .append('.')
                .append(Long.toString(epoch, 36)));
    return text.toString();
  }

  static Fences decode(String text) {
    Fences fences = new Fences();
    for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] fields = part.split("\\.");
      fences.raise(
          Topic.values()[Integer.parseInt(fields[0])],
          StageName.values()[Integer.parseInt(fields[1])],
          Long.parseLong(fields[2], 36));
    }
    return fences;
  }
}
