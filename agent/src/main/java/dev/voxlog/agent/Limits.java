package dev.voxlog.agent;

import java.time.Duration;

/// Where a call ends by itself. After `maxNotUnderstood` utterances in a row without sense a person
/// is offered.
public record Limits(Duration maxCallDuration, int maxTurns, int maxNotUnderstood) {
  public static final Limits DEFAULT = new Limits(Duration.ofMinutes(15), 200, 3);

  public Limits {
    new Rules()
        .that(
            maxCallDuration.toSeconds() >= 10 && maxCallDuration.toHours() <= 12,
            "maxCallDuration",
            Durations.format(maxCallDuration),
            "must be from 10s to 12h",
            "write maxCallDuration: 15m")
        .that(maxTurns >= 1, "maxTurns", maxTurns, "must be at least 1", "write maxTurns: 200")
        .that(
            maxNotUnderstood >= 1,
            "maxNotUnderstood",
            maxNotUnderstood,
            "must be at least 1",
            "write maxNotUnderstood: 3")
        .enforce();
  }
}
