package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the log holds of a call that a new owner takes up: its last checkpoint and what was written
/// after it.
///
/// Filled and sealed by the takeover, which may block on a registry; then read in the call's
/// mailbox.
final class Restoration {
  private final LogCodec codec;
  private final boolean isTakeover;
  private final List<Found> found = new ArrayList<>();
  private final Set<String> written = new HashSet<>();
  private @Nullable AudioBytes lastCheckpoint;
  private @Nullable Checkpoint checkpoint;
  private int errors;

  private record Found(VoxEvent event, long offset) {}

  Restoration(LogCodec codec, boolean isTakeover) {
    this.codec = codec;
    this.isTakeover = isTakeover;
  }

  /// A call nobody has seen before.
  static Restoration none(LogCodec codec) {
    return new Restoration(codec, false);
  }

  /// A call that goes on from its last checkpoint, after which nothing was written.
  static Restoration from(Checkpoint checkpoint, LogCodec codec) {
    Restoration restoration = new Restoration(codec, true);
    restoration.checkpoint = checkpoint;
    restoration.errors = checkpoint.errors();
    return restoration;
  }

  /// A record of this stage, in log order within its topic; the topic of the checkpoints is told
  /// first.
  void found(VoxEvent event, long offset) {
    AudioBytes bytes = Checkpoint.bytesOf(event);
    if (bytes != null) {
      lastCheckpoint = bytes;
      found.clear();
      return;
    }
    if (event.identity() != null) {
      written.add(key(event));
    }
    if (event instanceof CallEvent.Error error) {
      errors = Math.max(errors, error.n() + 1);
    }
    found.add(new Found(event, offset));
  }

  /// Nothing more will be found: reads the last checkpoint.
  Restoration seal() {
    checkpoint = lastCheckpoint == null ? null : Checkpoint.fromBytes(lastCheckpoint, codec);
    if (checkpoint != null) {
      found.removeIf(each -> isCovered(checkpoint, each));
      errors = Math.max(errors, checkpoint.errors());
    }
    return this;
  }

  private static boolean isCovered(Checkpoint checkpoint, Found found) {
    return found.offset < checkpoint.tails()[Topic.of(found.event).ordinal()]
        || checkpoint.covered().contains(key(found.event));
  }

  /// What tells a call's record from its others, over all topics.
  static String key(VoxEvent event) {
    return Topic.of(event).ordinal() + " " + event.identity();
  }

  @Nullable Checkpoint checkpoint() {
    return checkpoint;
  }

  boolean isTakeover() {
    return isTakeover;
  }

  /// Whether a predecessor has written this record already.
  boolean isWritten(VoxEvent event) {
    return !written.isEmpty() && event.identity() != null && written.contains(key(event));
  }

  /// What the stage wrote after the checkpoint.
  List<VoxEvent> own() {
    return found.stream().map(Found::event).toList();
  }

  /// Whether the checkpoint's state knows the input at this offset already.
  boolean isHandled(Topic topic, long offset) {
    return checkpoint != null && offset < checkpoint.resumeFrom()[topic.ordinal()];
  }

  /// The offsets by topic ordinal from which inputs are not yet in the checkpoint's state, −1 for
  /// all.
  long[] resumeFrom() {
    return checkpoint == null ? SafePoints.none() : checkpoint.resumeFrom().clone();
  }

  /// How many ERRORs the stage has written for the call.
  int errors() {
    return errors;
  }

  /// The call as the checkpoint knew it.
  LiveCall call(CallId id) {
    LiveCall call = new LiveCall(id);
    if (checkpoint != null) {
      checkpoint.facts().forEach(call::observe);
    }
    return call;
  }

  /// The step's state at the checkpoint, null if there was none.
  @Nullable AudioBytes state() {
    return checkpoint == null ? null : checkpoint.state();
  }
}
