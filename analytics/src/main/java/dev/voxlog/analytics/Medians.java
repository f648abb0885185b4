package dev.voxlog.analytics;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/// Middle values.
public final class Medians {
  private Medians() {}

  /// The middle value, the mean of the two middle ones of an even number; none of nothing.
  public static OptionalDouble of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
            .average()
            .orElseThrow());
  }
}
