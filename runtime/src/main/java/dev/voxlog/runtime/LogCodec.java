package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;

/// Events to bytes and back, as they stand in the log.
public interface LogCodec {
  byte[] encode(VoxEvent event);

  /// Reads one value. A kind of a newer version gives [Read.NewerKind].
  Read decode(Topic topic, byte[] value) throws UnreadableException;

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

    public UnreadableException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
