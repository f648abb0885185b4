package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the log holds of a call that a new owner takes up: its last checkpoint and what was written after it.
///
/// A checkpoint's bytes are a version, the ends of the stage's own output topics, the call's STARTED, ATTACHED and EXPECTS in the `calls` codec, and the step's state.
final class Restoration {
  private static final int VERSION = 1;

  private final LogCodec codec;
  private final boolean isTakeover;
  private final List<VoxEvent> own = new ArrayList<>();
  private final Set<String> written = new HashSet<>();
  private @Nullable AudioBytes sealed;
  private long[] tails = new long[Topic.values().length];

  Restoration(LogCodec codec, boolean isTakeover) {
    this.codec = codec;
    this.isTakeover = isTakeover;
  }

  /// A call nobody has seen before.
  static Restoration none(LogCodec codec) {
    return new Restoration(codec, false);
  }

  /// A record of this stage, in log order within its topic; the topic of the checkpoints is told first.
  void found(VoxEvent event, long offset) {
    AudioBytes state = checkpointState(event);
    if (state != null) {
      sealed = state;
      tails = tails(state);
      own.clear();
      return;
    }
    if (event.identity() != null) {
      written.add(key(event));
    }
    if (offset >= tails[Topic.of(event).ordinal()]) {
      own.add(event);
    }
  }

  private long[] tails(AudioBytes state) {
    long[] from = new long[Topic.values().length];
    read(
        state,
        in -> {
          for (int topics = in.readByte(), t = 0; t < topics; t++) {
            from[t] = in.readLong();
          }
          return null;
        });
    return from;
  }

  private static @Nullable AudioBytes checkpointState(VoxEvent event) {
    return switch (event) {
      case dev.voxlog.schemas.TranscriptEvent.Checkpoint c -> c.state();
      case dev.voxlog.schemas.Understanding.Checkpoint c -> c.state();
      case dev.voxlog.schemas.TurnEvent.Checkpoint c -> c.state();
      case dev.voxlog.schemas.AgentAudio.Checkpoint c -> c.state();
      case CallEvent.Checkpoint c -> c.state();
      default -> null;
    };
  }

  private static String key(VoxEvent event) {
    return Topic.of(event).ordinal() + " " + event.identity();
  }

  boolean isTakeover() {
    return isTakeover;
  }

  boolean isWritten(VoxEvent event) {
    return !written.isEmpty() && event.identity() != null && written.contains(key(event));
  }

  List<VoxEvent> own() {
    return own;
  }

  /// The call as the checkpoint knew it.
  LiveCall call(CallId id) {
    LiveCall call = new LiveCall(id);
    read(
        sealed,
        in -> {
          skipTails(in);
          for (int events = in.readByte(); events > 0; events--) {
            call.observe((CallEvent) codec.decodeTrusted(Topic.CALLS, in.readNBytes(in.readInt())));
          }
          return null;
        });
    return call;
  }

  /// The step's state at the checkpoint, null if there was none.
  @Nullable AudioBytes state() {
    return read(
        sealed,
        in -> {
          skipTails(in);
          for (int events = in.readByte(); events > 0; events--) {
            in.skipNBytes(in.readInt());
          }
          return AudioBytes.wrap(in.readAllBytes());
        });
  }

  private interface Reading<T> {
    @Nullable T from(DataInputStream in) throws IOException;
  }

  private static void skipTails(DataInputStream in) throws IOException {
    in.skipNBytes((long) in.readByte() * Long.BYTES);
  }

  private static <T> @Nullable T read(@Nullable AudioBytes bytes, Reading<T> reading) {
    if (bytes == null) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.array()))) {
      return in.readByte() == VERSION ? reading.from(in) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts the runtime's part and the step's state into one checkpoint.
  AudioBytes seal(LiveCall call, AudioBytes state, long[] ownEnds) {
    List<CallEvent> facts = new ArrayList<>();
    facts.add(call.started());
    if (call.attached() != null) {
      facts.add(call.attached());
    }
    if (call.expects() != null) {
      facts.add(call.expects());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + state.length());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(ownEnds.length);
      for (long end : ownEnds) {
        out.writeLong(end);
      }
      out.writeByte(facts.size());
      for (CallEvent fact : facts) {
        byte[] encoded = codec.encode(fact);
        out.writeInt(encoded.length);
        out.write(encoded);
      }
      out.write(state.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AudioBytes.wrap(bytes.toByteArray());
  }
}
