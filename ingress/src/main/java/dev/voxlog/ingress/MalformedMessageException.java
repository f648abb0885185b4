package dev.voxlog.ingress;

/// A carrier's message that cannot be read; the reason holds nothing of its content.
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String reason) {
    super(reason);
  }
}
