package dev.voxlog.runtime;

import java.util.concurrent.Executor;

/// What all partitions of a running stage share.
record StageContext(
    Stage stage,
    LogCodec codec,
    LogWriter writer,
    VoxClock clock,
    EnginePool engines,
    AgentBundles agents,
    Telemetry telemetry,
    OwnershipWatch ownership,
    Executor mailboxes) {}
