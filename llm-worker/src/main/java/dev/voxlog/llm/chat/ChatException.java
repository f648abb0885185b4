package dev.voxlog.llm.chat;

/// The model gave no answer, or broke it off. The message names the kind of failure, never what was
/// asked or answered.
public final class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// What went wrong.
  public enum Kind {
    UNREACHABLE,
    /// The first token did not come in time.
    NO_ANSWER,
    /// No further token came in time.
    STALLED,
    REFUSED,
    BUSY,
    BROKEN
  }

  public ChatException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
