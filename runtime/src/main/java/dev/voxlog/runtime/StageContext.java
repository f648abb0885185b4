package dev.voxlog.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;

/// What all partitions of a running stage share.
record StageContext(
    Stage stage,
    LogCodec codec,
    LogWriter writer,
    OwnershipWatch ownership,
    Telemetry telemetry,
    Executor mailboxes,
    Resources resources) {
  /// A wait that a caller hears, and still far from one that costs a call its words.
  private static final Duration LONG_WAIT = Duration.ofMillis(300);

  private static final Duration LONG_LAG = Duration.ofSeconds(1);

  /// How long work waits for an engine here.
  Duration engineWait() {
    Duration pool = resources.engines().waiting();
    Duration own = stage.engineWait();
    return pool.compareTo(own) > 0 ? pool : own;
  }

  /// Whether there is more to do than is done in time, so that what is done ahead of time is in the
  /// way.
  boolean isBehind() {
    return engineWait().compareTo(LONG_WAIT) > 0
        || telemetry.longestUnreadMs() > LONG_LAG.toMillis();
  }

  /// What all stages of a process share.
  record Resources(
      VoxClock clock,
      EnginePool engines,
      AgentBundles agents,
      ByteBudget budget,
      Duration mailboxBound) {}
}
