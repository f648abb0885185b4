package dev.voxlog.schemas.media;

import java.io.Serial;

/// Bytes that are no media frames: the connection they came on must be closed.
public final class MediaFrameException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  public MediaFrameException(String reason) {
    super(reason);
  }
}
