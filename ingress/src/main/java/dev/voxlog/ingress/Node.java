package dev.voxlog.ingress;

import dev.voxlog.runtime.VoxClock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the streams of one ingress node share. `loop` runs tasks on the node's one event loop,
/// which owns all of its state.
record Node(IngressConfig config, Log log, LiveCalls calls, IngressMetrics metrics, Executor loop) {

  /// The log, written and known; the writer's clock.
  record Log(RecordWriter writer, CallDirectory directory, VoxClock clock) {}

  /// The tokens streams must bring, null when the carrier is not checked.
  @Nullable StreamTokens tokens() {
    String authToken = config.web().authToken();
    return authToken == null ? null : new StreamTokens(authToken);
  }
}
