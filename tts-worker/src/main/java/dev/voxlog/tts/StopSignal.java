package dev.voxlog.tts;

import java.util.HashSet;
import java.util.Set;

/// A one-way switch that tells running synthesis to stop. Thread-safe.
public final class StopSignal {
  private final Set<Runnable> actions = new HashSet<>();
  private volatile boolean isStopped;

  /// Stops what runs under it; more calls change nothing.
  public void stop() {
    // The lock is held while actions run, so that none runs after its registration was closed.
    synchronized (actions) {
      if (!isStopped) {
        isStopped = true;
        actions.forEach(Runnable::run);
        actions.clear();
      }
    }
  }

  public boolean isStopped() {
    return isStopped;
  }

  /// Runs `action`, which must be quick, on stop, at once if that has happened, until the
  /// registration is closed.
  public Registration whenStopped(Runnable action) {
    synchronized (actions) {
      if (isStopped) {
        action.run();
      } else {
        actions.add(action);
      }
    }
    return () -> forget(action);
  }

  private void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /// An action that waits for the stop.
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
