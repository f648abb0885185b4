package dev.voxlog.runtime;

import dev.voxlog.runtime.CallHome.Because;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a call is checkpointed: once its step has come to rest, and while it rests as often as its
/// stage says, so that the inputs so far are not needed.
///
/// Confined to the call's mailbox, but for [#last].
final class Checkpoints {
  private final CallActor actor;
  private final CallHome home;
  private final Duration every;
  private Instant takenAt = Instant.MIN;
  private boolean isDue;
  private boolean wasAtRest;
  private boolean isDirty = true;
  private volatile @Nullable Checkpoint last;

  /// `last` is the one the call is opened from.
  Checkpoints(CallActor actor, CallHome home, @Nullable Checkpoint last) {
    this.actor = actor;
    this.home = home;
    this.every = home.stage().checkpointEvery();
    this.last = last;
  }

  /// The step is about to be given something that the last checkpoint does not know.
  void outdated() {
    isDirty = true;
  }

  /// The latest, null before the first; from any thread.
  @Nullable Checkpoint last() {
    return last;
  }

  /// The step has done what it was given.
  void settle() {
    boolean isAtRest = actor.isAtRest() && home.isCheckpointing();
    if (isAtRest && !isDirty) {
      actor.safePoints.passed(actor.handledNext());
    } else if (isAtRest && (!wasAtRest || !home.clock().now().isBefore(takenAt.plus(every)))) {
      take();
    } else if (isAtRest && !isDue) {
      isDue = true;
      home.clock().schedule(every, () -> actor.post(this::due));
    }
    wasAtRest = isAtRest;
  }

  private void due() {
    isDue = false;
    if (!home.isClosed()) {
      actor.settle();
    }
  }

  private void take() {
    takenAt = home.clock().now();
    isDirty = false;
    long[] ownEnds = home.ownEnds();
    Checkpoint checkpoint = actor.asOfNow(ownEnds);
    home.write(
        actor,
        Bookkeeping.checkpoint(home.stage(), actor.id(), takenAt, checkpoint.toBytes(home.codec())),
        Because.NOTHING,
        actor.handledNext());
    last = checkpoint;
    actor.safePoints.checkpoint(checkpoint.resumeFrom(), ownEnds);
  }
}
