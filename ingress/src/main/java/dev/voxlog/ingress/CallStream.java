package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.media.ClientEvent;

/// A call's open stream, whatever wire it speaks, as the node and its media port know it. Confined
/// to the node's event loop.
interface CallStream {
  String AGENT_HUNG_UP = "agent-hung-up";

  /// Whether the call is attached by this stream, and the socket open.
  boolean isStreaming();

  /// The key of the agent that answers, empty before the stream is attached.
  String agent();

  int attach();

  /// By what its caller is counted: a number, or a client's address.
  String caller();

  // From the client.

  void message(String text);

  void binaryMessage();

  // Commands from egress.

  /// Audio in the attach's codec, to be played after everything sent before.
  void play(String chunk, AudioBytes audio);

  /// Is to come back once everything before it has been played or cleared.
  void mark(String name);

  /// Drops what has not been played.
  void clear();

  void tell(ClientEvent event);

  void hangUp();

  // The node itself.

  /// What no egress says: µ-law at 8 kHz, whatever the attach's codec.
  void say(AudioBytes mulaw);

  void close(int code, String reason);
}
