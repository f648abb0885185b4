package dev.voxlog.models;

import org.jspecify.annotations.Nullable;

/// Says why a weight cannot be had and what the user can do about it.
public final class ModelUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelUnavailableException(String message) {
    super(message);
  }

  public ModelUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
