package dev.voxlog.ingress;

import dev.voxlog.runtime.StageWatch;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.StageName;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the streams of one ingress node share. `loop` runs tasks on the node's one event loop,
/// which owns all of its state.
record Node(
    IngressConfig config,
    Log log,
    LiveCalls calls,
    Capacity capacity,
    IngressMetrics metrics,
    Executor loop) {

  /// The log, written and known; how far the stages are in it; the writer's clock.
  record Log(RecordWriter writer, CallDirectory directory, Stages stages, VoxClock clock) {}

  /// How far the stages of the whole estate are, as far as that is known. Safe from any thread.
  interface Stages extends AutoCloseable {
    Map<StageName, StageWatch.Standing> standings();

    @Override
    default void close() {}
  }

  /// The tokens streams must bring, null when the carrier is not checked.
  @Nullable StreamTokens tokens() {
    String authToken = config.web().authToken();
    return authToken == null ? null : new StreamTokens(authToken);
  }
}
