package dev.voxlog.agent;

import java.time.Duration;

/// How long a silence ends an utterance: `min` when the words read as finished, up to `max` when
/// they do not.
public record Endpointing(Duration min, Duration max) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  public static final Endpointing DEFAULT =
      new Endpointing(Duration.ofMillis(300), Duration.ofMillis(900));

  public Endpointing {
    new Rules()
        .that(
            min.compareTo(SHORTEST) >= 0,
            "min",
            Durations.format(min),
            "is shorter than 100ms, the gap inside a word",
            "write min: 300ms")
        .that(
            max.compareTo(LONGEST) <= 0,
            "max",
            Durations.format(max),
            "is longer than 5s, which callers take for a dead line",
            "write max: 900ms")
        .that(
            max.compareTo(min) >= 0,
            "max",
            Durations.format(max),
            "must not be less than min (" + Durations.format(min) + ")",
            "write max: " + Durations.format(min.multipliedBy(3)))
        .enforce();
  }
}
