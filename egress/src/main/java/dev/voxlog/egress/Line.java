package dev.voxlog.egress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;

/// The way to one caller: which node holds the stream, and whether this egress may play to it.
final class Line {
  private final CallId call;
  private final long epoch;
  private final IngressNodes nodes;
  private Phase phase = Phase.NONE;
  private String mediaPort = "";
  private int attach;
  private long baseMs;
  private boolean takesEvents;
  private long seq;

  private enum Phase {
    /// The caller has no stream that is known.
    NONE,
    /// The node is being connected.
    CONNECTING,
    /// The node has been asked.
    ATTACHING,
    OPEN,
    /// Another egress plays to the call.
    SUPERSEDED
  }

  Line(CallId call, long epoch, IngressNodes nodes) {
    this.call = call;
    this.epoch = epoch;
    this.nodes = nodes;
  }

  long epoch() {
    return epoch;
  }

  /// The attach number of the caller's stream.
  int attach() {
    return attach;
  }

  /// Where the stream begins on the call's media clock.
  long baseMs() {
    return baseMs;
  }

  /// Whether the stream is told what happens in the call.
  boolean takesEvents() {
    return takesEvents;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean isSuperseded() {
    return phase == Phase.SUPERSEDED;
  }

  /// The node has not answered yet.
  boolean isOpening() {
    return phase == Phase.CONNECTING || phase == Phase.ATTACHING;
  }

  /// The caller's stream is there.
  void to(CallEvent.Attached attached) {
    attach = attached.attach();
    baseMs = attached.baseMs();
    takesEvents = attached.takesEvents();
    mediaPort = attached.mediaPort();
    phase = Phase.CONNECTING;
    nodes.open(call, epoch, mediaPort);
  }

  void linkUp(String node) {
    if (node.equals(mediaPort) && phase != Phase.SUPERSEDED && phase != Phase.NONE) {
      phase = Phase.ATTACHING;
      send(new MediaFrame.Attach(call, epoch, ++seq));
    }
  }

  /// True if this call's way is broken by it.
  boolean linkDown(String node) {
    boolean isOurs = node.equals(mediaPort) && (phase == Phase.OPEN || phase == Phase.ATTACHING);
    if (isOurs) {
      phase = Phase.CONNECTING;
    }
    return isOurs;
  }

  /// Whether this answers what was asked of the caller's present stream, or of one that the log has
  /// not told of yet.
  boolean isAnswer(MediaFrame.Accepted accepted) {
    return phase == Phase.ATTACHING && accepted.epoch() == epoch && accepted.attach() >= attach;
  }

  void accepted(int ofAttach) {
    attach = ofAttach;
    phase = Phase.OPEN;
  }

  /// The caller's stream is gone.
  void lost() {
    if (phase != Phase.SUPERSEDED) {
      phase = Phase.NONE;
    }
  }

  void superseded() {
    phase = Phase.SUPERSEDED;
    nodes.release(call, epoch);
  }

  /// The call needs no line any more.
  void leave() {
    phase = Phase.NONE;
    nodes.release(call, epoch);
  }

  void audio(ChunkName name, AudioBytes audio) {
    send(new MediaFrame.Audio(call, epoch, ++seq, name.toString(), audio));
  }

  void mark(String name) {
    send(new MediaFrame.Mark(call, epoch, ++seq, name));
  }

  void clear() {
    send(new MediaFrame.Clear(call, epoch, ++seq));
    mark(MarkName.cleared(epoch));
  }

  void tell(ClientEvent event) {
    send(new MediaFrame.Tell(call, epoch, ++seq, event));
  }

  void hangUp() {
    send(new MediaFrame.HangUp(call, epoch, ++seq));
  }

  private void send(MediaFrame.Command command) {
    nodes.send(mediaPort, command);
  }
}
