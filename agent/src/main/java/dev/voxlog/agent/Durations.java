package dev.voxlog.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as agent files write them: `300ms`, `1.5s`, `15m`, `2h`.
public final class Durations {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|h)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private Durations() {}

  /// Empty if `text` is no number with a unit.
  public static Optional<Duration> parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      return Optional.empty();
    }
    long unit = MILLIS.getOrDefault(written.group(2), 1L);
    return Optional.of(
        Duration.ofMillis(
            new BigDecimal(written.group(1)).multiply(BigDecimal.valueOf(unit)).longValue()));
  }

  /// The shortest writing of `duration`, rounded to whole milliseconds.
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0 || millis % 1_000 != 0) {
      return millis + "ms";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1_000 + "s";
  }
}
