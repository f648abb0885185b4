package dev.voxlog.egress;

import dev.voxlog.runtime.Effects;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When more of the agent's audio may be sent, and when marks that do not come back are given up.
final class PlaybackTimers {
  static final String PACE = "pace";
  static final String PATIENCE = "patience";

  private final Effects effects;
  private final EgressConfig config;
  private final CarrierBuffer buffer;
  private @Nullable Instant patientUntil;

  PlaybackTimers(Effects effects, EgressConfig config, CarrierBuffer buffer) {
    this.effects = effects;
    this.config = config;
    this.buffer = buffer;
  }

  /// Called after everything that changes what is on its way; `isMoreToSend` if something waits for
  /// nothing but room.
  void watch(boolean isMoreToSend) {
    Instant now = effects.now();
    long remaining = buffer.remainingMs(now);
    long lead = config.lead().toMillis();
    if (isMoreToSend && remaining >= lead) {
      effects.timer(PACE, Duration.ofMillis(remaining - lead + 1));
    } else {
      effects.cancelTimer(PACE);
    }
    watchMarks(now, remaining);
  }

  /// Patience is counted from the end of what was sent, whatever else happens meanwhile; a node out
  /// of reach can return no marks.
  private void watchMarks(Instant now, long remaining) {
    if (buffer.isEmpty() || !buffer.isInReach()) {
      patientUntil = null;
      effects.cancelTimer(PATIENCE);
      return;
    }
    Instant until = buffer.endsAt().plus(config.ackPatience());
    if (!until.equals(patientUntil)) {
      patientUntil = until;
      long leftMs = Duration.between(now, until).toMillis();
      effects.timer(PATIENCE, Duration.ofMillis(Math.max(leftMs, remaining)));
    }
  }

  void patienceIsOver() {
    patientUntil = null;
  }
}
