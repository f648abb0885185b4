package dev.voxlog.ingress.realtime;

import dev.voxlog.schemas.Codec;

/// How much the client has appended that is not committed, and whether that may be. Confined to one
/// thread.
public final class InputBuffer {
  /// What can be committed at least.
  private static final long SHORTEST_MS = 100;

  /// What of an utterance is waited for is held by whoever listens.
  private static final long LONGEST_MS = 60_000;

  private long bytes;
  private boolean isFull;

  public void appended(int length) {
    bytes += length;
  }

  public boolean isEmpty() {
    return bytes == 0;
  }

  /// Whether so much more is taken before it is committed. What is not is told once.
  ///
  /// @throws ProtocolFault the first time
  public boolean takes(int length, Codec codec) throws ProtocolFault {
    boolean wasFull = isFull;
    isFull |= codec.millis((int) bytes + length) > LONGEST_MS;
    if (isFull && !wasFull) {
      throw new ProtocolFault(
          "input_audio_buffer_full",
          "audio",
          "The buffer takes " + LONGEST_MS / 1_000 + " s; commit or clear what it has.");
    }
    return !isFull;
  }

  /// @throws ProtocolFault if nothing was appended
  public void requireSomething() throws ProtocolFault {
    if (isEmpty()) {
      throw empty("Nothing was appended since the last commit.");
    }
  }

  /// @throws ProtocolFault if it is too little for an utterance
  public void requireEnough(Codec codec) throws ProtocolFault {
    long ms = codec.millis((int) bytes);
    if (ms < SHORTEST_MS) {
      throw empty(
          "The buffer has " + ms + " ms of audio; at least " + SHORTEST_MS + " ms are committed.");
    }
  }

  private static ProtocolFault empty(String message) {
    return new ProtocolFault("input_audio_buffer_commit_empty", null, message);
  }

  public void clear() {
    bytes = 0;
    isFull = false;
  }
}
