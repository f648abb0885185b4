package dev.voxlog.testkit.twilio;

/// What was waited for can no longer happen, because the call is over.
public final class CallOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CallOverException(Ending ending) {
    super("the call is over: " + ending);
  }
}
