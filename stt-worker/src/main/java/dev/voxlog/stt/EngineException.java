package dev.voxlog.stt;

/// An engine cannot work; the message says why and what to do, and holds nothing of the caller's.
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  public EngineException(String message) {
    super(message);
  }
}
