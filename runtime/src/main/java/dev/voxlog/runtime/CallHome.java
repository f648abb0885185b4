package dev.voxlog.runtime;

import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// All that a call at a stage asks of its surroundings: a partition of a running stage, or a single
/// call's lab.
interface CallHome {
  Stage stage();

  LogCodec codec();

  VoxClock clock();

  AgentBundles agents();

  Telemetry telemetry();

  ByteBudget budget();

  /// Runs a mailbox.
  Executor executor();

  /// Runs engine work, most urgent first, unless it is cancelled by then.
  EnginePool.Run compute(
      String key, Effects.Urgency urgency, Cancellation cancellation, Runnable work);

  /// Writes a call's record and settles the actor's ticket. `seen` are the next offsets of the
  /// inputs by topic ordinal.
  void write(CallActor actor, VoxEvent event, Because because, long[] seen);

  /// Puts a call's record aside; the actor's safe points do not move past it before the broker has
  /// the letter.
  void deadLetter(CallActor actor, Arrival arrival, String reason, String detail);

  /// Where each output topic's own records end as far as acknowledged, by topic ordinal, −1 where
  /// unknown.
  long[] ownEnds();

  long epoch();

  boolean isOwnershipConfirmed();

  /// True once what the calls here write would be void.
  boolean isClosed();

  /// Whether all of `calls` that was there a moment ago has been read.
  boolean hasCaughtUp();

  /// Whether there is more to do here than is done in time.
  boolean isBehind();

  /// How much audio may wait in one mailbox.
  Duration mailboxBound();

  /// Whether checkpoints are taken.
  default boolean isCheckpointing() {
    return true;
  }

  /// What a record follows from: the input that led to it, and the trace it belongs to.
  record Because(WireHeaders.@Nullable Cause cause, @Nullable String traceparent) {
    static final Because NOTHING = new Because(null, null);
  }
}
