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

  /// What all stages of a process share.
  record Resources(
      VoxClock clock,
      EnginePool engines,
      AgentBundles agents,
      ByteBudget budget,
      Duration mailboxBound) {}
}
