package dev.voxlog.testkit.chat;

import java.time.Duration;

/// How fast a scripted model speaks: how long it is silent before its first token, and before each
/// one after it.
public record Pace(Duration firstToken, Duration eachToken) {
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO);
}
