package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The epochs of each writing stage in each topic of one partition, and from which offset on each
/// is in force: what a lower epoch writes after that is void.
///
/// The offsets matter to the next reader: it begins before where this one has got to, and what a
/// lower epoch wrote there is sound. Confined to one thread at a time.
final class Fences {
  private static final long BEFORE_ALL = -1;

  private final Map<Fence, NavigableMap<Long, Long>> raised = new HashMap<>();

  /// What an epoch fences: one stage's records in one topic.
  record Fence(Topic topic, StageName writer) implements Comparable<Fence> {
    private static final Comparator<Fence> ORDER =
        Comparator.comparing(Fence::topic).thenComparing(Fence::writer);

    @Override
    public int compareTo(Fence other) {
      return ORDER.compare(this, other);
    }
  }

  /// Begins with what an earlier reader knew at the offset where this one starts.
  static Fences startingWith(Map<Fence, Long> epochs) {
    Fences fences = new Fences();
    epochs.forEach((fence, epoch) -> fences.raise(fence, epoch, BEFORE_ALL));
    return fences;
  }

  /// A marker at `offset`, or a record there of a higher epoch than any seen, raises the fence.
  void raise(Topic topic, StageName writer, long epoch, long offset) {
    raise(new Fence(topic, writer), epoch, offset);
  }

  private void raise(Fence fence, long epoch, long offset) {
    raise(epochs(fence), epoch, offset);
  }

  private NavigableMap<Long, Long> epochs(Fence fence) {
    return raised.computeIfAbsent(fence, _ -> new TreeMap<>());
  }

  private static void raise(NavigableMap<Long, Long> epochs, long epoch, long offset) {
    if (epochs.isEmpty() || epoch > epochs.lastEntry().getValue()) {
      epochs.put(offset, epoch);
    }
  }

  /// Whether a record of this epoch at `offset` counts; one that is higher than the fence raises
  /// it.
  boolean admits(Topic topic, StageName writer, long epoch, long offset) {
    NavigableMap<Long, Long> epochs = epochs(new Fence(topic, writer));
    if (!epochs.isEmpty() && epoch < epochs.lastEntry().getValue()) {
      return false;
    }
    raise(epochs, epoch, offset);
    return true;
  }

  /// The epochs in force just before the given offsets; history from before them is dropped. Topics
  /// without an offset are left out.
  Map<Fence, Long> before(Map<Topic, Long> offsets) {
    Map<Fence, Long> inForce = new TreeMap<>();
    raised.forEach((fence, epochs) -> {
      Long offset = offsets.get(fence.topic);
      Map.Entry<Long, Long> last = offset == null ? null : epochs.lowerEntry(offset);
      if (last != null) {
        inForce.put(fence, last.getValue());
        epochs.headMap(last.getKey(), false).clear();
      }
    });
    return inForce;
  }
}
