package dev.voxlog.schemas.media;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import java.util.List;

/// One message on the TCP connection between an egress and an ingress node.
///
/// Commands carry (call, epoch, seq): ingress refuses an epoch lower than the highest it has seen
/// for the call, and drops a `seq` that is not higher than the last accepted of that epoch.
public sealed interface MediaFrame {

  /// The first frame of a connection, from ingress: a word never used before, by which egress is to
  /// prove that it knows the shared secret.
  record Challenge(String nonce) implements MediaFrame {}

  /// Egress's answer to the challenge: who connects, and the proof (see [MediaProof]).
  record Hello(String node, String proof) implements MediaFrame {}

  /// Commands from egress for one call.
  sealed interface Command extends MediaFrame {
    CallId callId();

    long epoch();

    long seq();
  }

  /// An egress takes over the call's playback; answered by [Accepted].
  record Attach(CallId callId, long epoch, long seq) implements Command {}

  /// Audio in the attach's codec, to play after everything before it. `chunk` names what it is,
  /// turn.sentence.chunk.
  record Audio(CallId callId, long epoch, long seq, String chunk, AudioBytes audio)
      implements Command {}

  record Mark(CallId callId, long epoch, long seq, String name) implements Command {}

  /// Drop what has been sent and not played.
  record Clear(CallId callId, long epoch, long seq) implements Command {}

  /// End the call on the carrier: what follows is decided by the call's last record.
  record HangUp(CallId callId, long epoch, long seq) implements Command {}

  /// What happens in the call, for a stream that takes events. What is told once more is known by
  /// its numbers, and dropped.
  record Tell(CallId callId, long epoch, long seq, ClientEvent event) implements Command {}

  /// Answers from ingress.
  sealed interface Report extends MediaFrame {
    CallId callId();
  }

  /// The answer to [Attach]: the attach number of the caller's stream, the last accepted chunk
  /// (empty if none) and the marks not yet played.
  record Accepted(
      CallId callId, long epoch, int attach, String lastChunk, List<String> outstandingMarks)
      implements Report {
    public Accepted {
      outstandingMarks = List.copyOf(outstandingMarks);
    }
  }

  /// The command came with a lower epoch than `currentEpoch`: its sender has been superseded.
  record Refused(CallId callId, long epoch, long currentEpoch) implements Report {}

  /// A mark came back from the carrier.
  record Played(CallId callId, int attach, String name) implements Report {}

  /// After a clear, the caller's program says how far it had played: `ms` into what was last sent
  /// under the name `chunk`. Sent before the mark that follows the clear comes back; nothing after
  /// it was heard.
  record Truncated(CallId callId, int attach, String chunk, long ms) implements Report {}

  /// The call has no socket here (gone, or never was).
  record Gone(CallId callId, long epoch) implements Report {}
}
