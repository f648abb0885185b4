package dev.voxlog.cli.load.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What connected calls that nobody talks in hold of the server's heaps: how much more each process
/// holds with all calls than with half of them, both after full collections, for each of the calls
/// in between. What is there once, however many calls there are, is in neither.
///
/// @param bytes of a call, by process
public record IdleHeap(Map<String, Double> bytes) {
  /// The heaps, by process, and how many calls there were.
  public record Look(int calls, Map<String, Long> heaps) {}

  /// What each of the calls takes that `all` has more than `half`; null where there are none, or
  /// one of the two is missing.
  public static @Nullable IdleHeap between(@Nullable Look half, @Nullable Look all) {
    if (half == null || all == null || all.calls <= half.calls) {
      return null;
    }
    int more = all.calls - half.calls;
    Map<String, Double> bytes = new LinkedHashMap<>();
    all.heaps.forEach((name, heap) -> {
      Long before = half.heaps.get(name);
      if (before != null) {
        bytes.put(name, (double) (heap - before) / more);
      }
    });
    return new IdleHeap(bytes);
  }

  /// Of one call, in all processes together.
  public double total() {
    return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
