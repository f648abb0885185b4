package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;

/// Events to bytes and back, as they stand in the log. Safe from any thread.
public interface LogCodec {

  /// Encodes a value; throws [UnavailableException] while its schema cannot be had.
  byte[] encode(VoxEvent event);

  /// Reads one value. A kind of a newer version gives [Read.NewerKind]; throws
  /// [UnavailableException] while the writer's schema cannot be had.
  Read decode(Topic topic, byte[] value) throws UnreadableException;

  /// True when reading this value would have to ask somebody else first, and so could block.
  default boolean mustAsk(byte[] value) {
    return false;
  }

  /// Fetches all that encoding needs, so that no later call of [#encode] blocks. Blocks itself.
  default void warmUp() {}

  /// Reads bytes this very program has written.
  default VoxEvent decodeTrusted(Topic topic, byte[] value) {
    try {
      if (decode(topic, value) instanceof Read.Known(VoxEvent event)) {
        return event;
      }
    } catch (UnreadableException e) {
      throw new IllegalStateException("a checkpoint holds bytes that this version cannot read", e);
    }
    throw new IllegalStateException("a checkpoint holds a kind that this version does not know");
  }

  /// What came out of a value.
  sealed interface Read {
    record Known(VoxEvent event) implements Read {}

    record NewerKind(String kind) implements Read {}
  }

  /// Bytes that are no record of the topic: a dead letter, with this message as its reason.
  final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String reason) {
      super(reason);
    }

    public UnreadableException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /// The schema registry does not answer. The record is sound: it is written or read again later,
  /// and is no dead letter.
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
