package dev.voxlog.ingress;

import java.time.Duration;
import java.time.Instant;

/// So many of something a minute: a bucket that holds a minute's worth and fills evenly. Confined
/// to one thread; time is what it is told.
final class Allowance {
  private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final int perMinute;
  private double left;
  private Instant filled;

  Allowance(int perMinute, Instant now) {
    this.perMinute = perMinute;
    left = perMinute;
    filled = now;
  }

  boolean isEmpty(Instant now) {
    long passed = Math.max(0, Duration.between(filled, now).toNanos());
    left = Math.min(perMinute, left + passed * perMinute / MINUTE_NANOS);
    filled = now;
    return left < 1;
  }

  void take() {
    left--;
  }

  /// Takes one; false if none is left.
  boolean takes(Instant now) {
    boolean isThere = !isEmpty(now);
    if (isThere) {
      take();
    }
    return isThere;
  }
}
