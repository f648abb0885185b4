package dev.voxlog.runtime;

/// Tells running work that nobody waits for it any more. Safe to ask from any thread.
@FunctionalInterface
public interface Cancellation {
  Cancellation NEVER = () -> false;

  boolean isCancelled();
}
