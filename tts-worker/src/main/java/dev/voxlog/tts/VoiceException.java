package dev.voxlog.tts;

/// Says that an engine could not load or speak; never holds the text.
public final class VoiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VoiceException(String message) {
    super(message);
  }

  public VoiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
