package dev.voxlog.schemas;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// The bytes are no record of their topic: a dead letter, with this message as its reason. Holds no
/// caller content.
public final class UndecodableRecordException extends SerializationException {
  private static final long serialVersionUID = 1L;

  public UndecodableRecordException(String reason) {
    super(reason);
  }

  public UndecodableRecordException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
