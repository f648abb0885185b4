package dev.voxlog.agent;

import java.time.Duration;

/// What follows when the caller says nothing: a re-prompt each `repromptAfter`, at most `reprompts`
/// times, then `goodbyeAfter` of further silence ends the call.
public record Silence(Duration repromptAfter, int reprompts, Duration goodbyeAfter) {
  public static final Silence DEFAULT =
      new Silence(Duration.ofSeconds(8), 2, Duration.ofSeconds(8));

  public Silence {
    new Rules()
        .that(
            repromptAfter.toMillis() >= 1_000,
            "repromptAfter",
            Durations.format(repromptAfter),
            "is shorter than 1s, too soon for a caller to answer",
            "write repromptAfter: 8s")
        .that(
            reprompts >= 0 && reprompts <= 10,
            "reprompts",
            reprompts,
            "must be from 0 to 10",
            "write reprompts: 2")
        .that(
            goodbyeAfter.toMillis() >= 1_000,
            "goodbyeAfter",
            Durations.format(goodbyeAfter),
            "is shorter than 1s, too soon for a caller to answer",
            "write goodbyeAfter: 8s")
        .enforce();
  }
}
