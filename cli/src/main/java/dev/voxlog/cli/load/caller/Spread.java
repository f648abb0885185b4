package dev.voxlog.cli.load.caller;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// How something that was measured many times is spread, in milliseconds. `micros` holds
/// microseconds and is not written any more.
public record Spread(Histogram micros) {
  private static final double MICROS = 1_000;

  public long count() {
    return micros.getTotalCount();
  }

  /// 0 where nothing was measured.
  public double percentile(double percent) {
    return count() == 0 ? 0 : micros.getValueAtPercentile(percent) / MICROS;
  }

  public double max() {
    return count() == 0 ? 0 : micros.getMaxValue() / MICROS;
  }

  /// How many were longer than that.
  public long above(double millis) {
    long limit = Math.round(millis * MICROS);
    return count() == 0 || micros.getMaxValue() <= limit
        ? 0
        : micros.getCountBetweenValues(limit + 1, micros.getHighestTrackableValue());
  }

  /// For programs.
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", count());
    json.put("p50", percentile(50));
    json.put("p90", percentile(90));
    json.put("p95", percentile(95));
    json.put("p99", percentile(99));
    json.put("p99.9", percentile(99.9));
    json.put("max", max());
    return json;
  }
}
