package dev.voxlog.tts;

import java.util.HashSet;
import java.util.Set;

/// A one-way switch that tells running synthesis to stop. Thread-safe.
public final class Cancellation {
  private final Set<Runnable> actions = new HashSet<>();
  private volatile boolean isCancelled;

  /// Stops what runs under it; more calls change nothing.
  public void cancel() {
    Set<Runnable> due;
    synchronized (actions) {
      if (isCancelled) {
        return;
      }
      isCancelled = true;
      due = Set.copyOf(actions);
    }
    due.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    return isCancelled;
  }

  /// Runs `action` on cancel, at once if that has happened, until the registration is closed.
  public Registration whenCancelled(Runnable action) {
    synchronized (actions) {
      if (!isCancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /// An action that waits for cancellation.
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
