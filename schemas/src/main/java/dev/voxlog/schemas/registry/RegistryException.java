package dev.voxlog.schemas.registry;

import java.io.Serial;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// The registry refused a request, or could not be reached.
public final class RegistryException extends KafkaException {
  @Serial private static final long serialVersionUID = 1L;

  /// Stands for a schema that is there but is not Avro, or cannot be parsed.
  static final int NOT_AVRO = 422;

  private final int status;
  private final int errorCode;

  public RegistryException(int status, int errorCode, String message) {
    this(status, errorCode, message, null);
  }

  public RegistryException(int status, int errorCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.errorCode = errorCode;
  }

  /// The HTTP status, 0 when no registry answered.
  public int status() {
    return status;
  }

  /// The registry's own code such as 40401 (no such subject), 40403 (no such schema) or 409; 0 when
  /// it gave none.
  public int errorCode() {
    return errorCode;
  }

  public boolean isNotFound() {
    return status == 404;
  }

  /// Whether the registry itself says that there is no such Avro schema: not a path that nobody
  /// serves.
  public boolean isUnknownSchema() {
    return errorCode == 40403 || status == NOT_AVRO;
  }

  /// Whether the same request may succeed later, or at another registry of the list.
  public boolean isRetriable() {
    return status == 0 || status == 408 || status == 429 || status >= 500;
  }
}
