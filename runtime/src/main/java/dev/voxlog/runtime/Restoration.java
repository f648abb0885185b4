package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log holds of a call that a new owner takes up: its last checkpoint and what was written
/// after it.
///
/// Filled and sealed by the takeover, which may block on a registry; then read in the call's
/// mailbox.
final class Restoration {
  private static final Logger log = LoggerFactory.getLogger(Restoration.class);

  private final LogCodec codec;
  private final boolean isTakeover;
  private final List<Found> found = new ArrayList<>();
  private final Set<String> written = new HashSet<>();
  private final long[] retraced = SafePoints.none();
  private @Nullable AudioBytes lastCheckpoint;
  private @Nullable Checkpoint checkpoint;
  private int errors;

  private record Found(VoxEvent event, long offset, WireHeaders.@Nullable Cause cause) {}

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

  /// A record of this stage, in log order within its topic, and the input that led to it, as far as
  /// its headers tell; the topic of the checkpoints is told first.
  void found(VoxEvent event, long offset, WireHeaders.@Nullable Cause cause) {
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
    found.add(new Found(event, offset, cause));
  }

  /// Nothing more will be found: reads the last checkpoint.
  Restoration seal() {
    checkpoint = read();
    if (checkpoint != null) {
      found.removeIf(each -> isCovered(checkpoint, each));
      errors = Math.max(errors, checkpoint.errors());
    }
    for (Found each : found) {
      if (each.cause != null) {
        int topic = each.cause.topic().ordinal();
        retraced[topic] = Math.max(retraced[topic], each.cause.offset() + 1);
      }
    }
    return this;
  }

  /// A partition can be taken over whatever one call's checkpoint is like.
  private @Nullable Checkpoint read() {
    try {
      return lastCheckpoint == null ? null : Checkpoint.fromBytes(lastCheckpoint, codec);
    } catch (RuntimeException e) {
      log.error("a checkpoint cannot be read: {}", FailureTrace.of(e));
      return null;
    }
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

  /// Whether all inputs that led to a predecessor's records have been handled again, the next
  /// offsets being these. Before, a checkpoint would let go of what only those records tell.
  boolean isRetraced(long[] handledNext) {
    for (int topic = 0; topic < retraced.length; topic++) {
      if (handledNext[topic] < retraced[topic]) {
        return false;
      }
    }
    return true;
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

  /// Opens the call's step with the checkpoint's state. One that another version wrote is left out:
  /// the call goes on without it, rather than not at all.
  CallStep open(Stage stage, CallView call, StepEffects effects) {
    if (checkpoint == null) {
      return stage.open(call, null, effects);
    }
    Checkpoint.State state = checkpoint.state();
    String unreadable = "it is of version " + state.version();
    if (state.version() == stage.stateVersion()) {
      try {
        return stage.open(call, state.bytes(), effects);
      } catch (RuntimeException e) {
        log.error(
            "{} call {}: state unreadable: {}", stage.name().id(), call.id(), FailureTrace.of(e));
        effects.forget();
        unreadable = e.getClass().getSimpleName();
      }
    }
    effects.error("state unreadable", unreadable);
    return stage.open(call, null, effects);
  }
}
