package dev.voxlog.analytics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the time went from the end of the caller's speech (or what else the turn answers) to the
/// answer's first audio at the caller's line. A part is absent when its records are.
///
/// `total` is not summed from the parts but taken from its two ends; where all parts are there,
/// they add up to it.
public record Waterfall(Map<Part, Duration> parts, @Nullable Duration total) {
  public Waterfall {
    Map<Part, Duration> copy = new EnumMap<>(Part.class);
    copy.putAll(parts);
    parts = java.util.Collections.unmodifiableMap(copy);
  }

  public Optional<Duration> part(Part part) {
    return Optional.ofNullable(parts.get(part));
  }

  /// The part in milliseconds, with fractions.
  public Optional<Double> millis(Part part) {
    return part(part).map(Waterfall::millis);
  }

  public Optional<Double> totalMillis() {
    return Optional.ofNullable(total).map(Waterfall::millis);
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
