package dev.voxlog.egress;

import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;

/// The way to the ingress nodes that hold the callers' sockets. Nothing here blocks; all may be
/// called from any thread, and what one thread sends to a node arrives in its order.
///
/// Calls are told by messages: [Link] when the way opens or breaks, and the node's reports as they
/// are.
interface IngressNodes extends AutoCloseable {
  /// Whether a node can be reached.
  sealed interface Link {
    String mediaPort();

    /// From here on commands arrive; what was sent before may not have.
    record Up(String mediaPort) implements Link {}

    record Down(String mediaPort) implements Link {}
  }

  void start(Stage.Outside outside);

  /// The call is played by the node from here on; answered by [Link.Up] as soon as the node is
  /// connected. `epoch` is the playback's.
  void open(CallId call, long epoch, String mediaPort);

  /// Dropped when the node is not connected.
  void send(String mediaPort, MediaFrame.Command command);

  /// The playback of this epoch needs no node any more; one of a later epoch, which may have opened
  /// it meanwhile, keeps it.
  void release(CallId call, long epoch);

  @Override
  void close();
}
