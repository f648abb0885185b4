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
    return !has(1, now);
  }

  private boolean has(int many, Instant now) {
    long passed = Math.max(0, Duration.between(filled, now).toNanos());
    left = Math.min(perMinute, left + passed * perMinute / MINUTE_NANOS);
    filled = now;
    return left >= many;
  }

  void take() {
    left--;
  }

  /// Takes one; false if none is left.
  boolean takes(Instant now) {
    return takes(1, now);
  }

  /// Takes as many; false, and none is taken, if fewer are left.
  boolean takes(int many, Instant now) {
    boolean areThere = has(many, now);
    if (areThere) {
      left -= many;
    }
    return areThere;
  }
}
