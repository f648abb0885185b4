package dev.voxlog.cli.settings;

/// Something a user can put right: the message is one clear line with what is wrong and what to do.
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }
}
