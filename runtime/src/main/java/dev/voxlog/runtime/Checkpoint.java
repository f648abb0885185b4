package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
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

/// A call at one stage as of one moment: what a CHECKPOINT record's bytes hold.
///
/// `resumeFrom` are the offsets (by topic ordinal, −1 for none) from which the inputs are not yet
/// in `state`; `tails` those from which the stage's own records may not be; `covered` the own
/// records beyond the tails that are in it all the same. `facts` are the call's STARTED, as far as
/// it may leave `calls`, its ATTACHED and EXPECTS; `errors` counts its ERRORs of this stage.
record Checkpoint(
    long[] resumeFrom,
    long[] tails,
    Set<String> covered,
    List<CallEvent> facts,
    int errors,
    State state) {
  private static final int VERSION = 2;
  private static final int WITHOUT_STATE_VERSION = 1;

  /// What the step keeps, in the form that its stage's version says.
  record State(int version, AudioBytes bytes) {}

  /// A checkpoint's bytes if the event is one.
  static @Nullable AudioBytes bytesOf(VoxEvent event) {
    return switch (event) {
      case TranscriptEvent.Checkpoint c -> c.state();
      case Understanding.Checkpoint c -> c.state();
      case TurnEvent.Checkpoint c -> c.state();
      case AgentAudio.Checkpoint c -> c.state();
      case CallEvent.Checkpoint c -> c.state();
      default -> null;
    };
  }

  AudioBytes toBytes(LogCodec codec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + state.bytes.length());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, resumeFrom);
      write(out, tails);
      out.writeShort(covered.size());
      for (String identity : covered) {
        out.writeUTF(identity);
      }
      out.writeByte(facts.size());
      for (CallEvent fact : facts) {
        byte[] encoded = codec.encode(fact);
        out.writeInt(encoded.length);
        out.write(encoded);
      }
      out.writeInt(errors);
      out.writeShort(state.version);
      out.write(state.bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AudioBytes.wrap(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, long[] offsets) throws IOException {
    out.writeByte(offsets.length);
    for (long offset : offsets) {
      out.writeLong(offset);
    }
  }

  /// Reads what a worker of this version or the one before wrote.
  ///
  /// @throws RuntimeException if it is of another version, or broken
  static Checkpoint fromBytes(AudioBytes bytes, LogCodec codec) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.array()))) {
      int version = in.readByte();
      if (version != VERSION && version != WITHOUT_STATE_VERSION) {
        throw new UncheckedIOException(new IOException("a checkpoint of version " + version));
      }
      long[] resumeFrom = offsets(in);
      long[] tails = offsets(in);
      Set<String> covered = new HashSet<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        covered.add(in.readUTF());
      }
      List<CallEvent> facts = new ArrayList<>();
      for (int left = in.readByte(); left > 0; left--) {
        facts.add((CallEvent) codec.decodeTrusted(Topic.CALLS, in.readNBytes(in.readInt())));
      }
      int errors = in.readInt();
      int stateVersion = version == WITHOUT_STATE_VERSION ? 1 : in.readUnsignedShort();
      State state = new State(stateVersion, AudioBytes.wrap(in.readAllBytes()));
      return new Checkpoint(resumeFrom, tails, covered, facts, errors, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] offsets(DataInputStream in) throws IOException {
    long[] offsets = new long[in.readByte()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = in.readLong();
    }
    return offsets;
  }
}
