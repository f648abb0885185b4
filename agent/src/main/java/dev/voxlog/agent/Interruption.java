package dev.voxlog.agent;

import java.time.Duration;
import java.util.List;

/// When speech over the agent's voice stops it, and when it goes on again.
///
/// `minInterruptionWords` 0 leaves it to the duration alone; `backchannels` are words that never
/// interrupt.
public record Interruption(
    Duration minInterruptionDuration,
    int minInterruptionWords,
    Duration falseInterruptionTimeout,
    boolean resumeFalseInterruption,
    List<String> backchannels) {
  public static final Interruption DEFAULT =
      new Interruption(
          Duration.ofMillis(200),
          0,
          Duration.ofSeconds(1),
          true,
          List.of("mhm", "mm-hmm", "uh-huh", "yeah", "okay", "right", "i see", "sure", "hmm"));

  public Interruption {
    backchannels = List.copyOf(backchannels);
    new Rules()
        .that(
            within(minInterruptionDuration, 50, 3_000),
            "minInterruptionDuration",
            Durations.format(minInterruptionDuration),
            "must be from 50ms to 3s",
            "write minInterruptionDuration: 200ms")
        .that(
            minInterruptionWords >= 0 && minInterruptionWords <= 10,
            "minInterruptionWords",
            minInterruptionWords,
            "must be from 0 to 10",
            "write minInterruptionWords: 0 to go by the duration alone")
        .that(
            within(falseInterruptionTimeout, 200, 10_000),
            "falseInterruptionTimeout",
            Durations.format(falseInterruptionTimeout),
            "must be from 200ms to 10s",
            "write falseInterruptionTimeout: 1s")
        .enforce();
  }

  private static boolean within(Duration duration, long fromMillis, long toMillis) {
    return duration.toMillis() >= fromMillis && duration.toMillis() <= toMillis;
  }
}
