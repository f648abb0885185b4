package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;

/// When something last came for a call.
///
/// Threads: [#came] and [#isSuspended] are for the poll thread; the others for any.
final class Activity {
  private static final Duration SUSPENDED_AFTER = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(6);
  private static final Duration UNKNOWN_FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private final VoxClock clock;
  private volatile Instant lastAt;
  private Instant lastAudioAt;

  Activity(VoxClock clock) {
    this.clock = clock;
    this.lastAt = clock.now();
    this.lastAudioAt = lastAt;
  }

  void came(Instant now, boolean isAudio) {
    lastAt = now;
    if (isAudio) {
      lastAudioAt = now;
    }
  }

  void goesOn() {
    lastAt = clock.now();
  }

  /// True when no audio came for a while.
  boolean isSuspended() {
    return lastAudioAt.plus(SUSPENDED_AFTER).isBefore(clock.now());
  }

  /// True when nothing came for so long that the call need not be kept at hand.
  boolean isForgotten(boolean isKnown) {
    Duration after = isKnown ? FORGOTTEN_AFTER : UNKNOWN_FORGOTTEN_AFTER;
    return lastAt.plus(after).isBefore(clock.now());
  }
}
