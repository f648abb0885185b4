package dev.voxlog.ingress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What can wait a little to go together, and goes ahead of whatever cannot. Safe from any thread;
/// what is let go runs one after the other, in order.
final class HeldBack {
  private static final Logger log = LoggerFactory.getLogger(HeldBack.class);

  private final Duration longest;
  private final Timer timer;
  private final Queue<Runnable> held = new ArrayDeque<>();
  private boolean isClosed;

  /// Runs something once, later, on any thread.
  @FunctionalInterface
  interface Timer {
    void after(Duration delay, Runnable task);
  }

  HeldBack(Duration longest, Timer timer) {
    this.longest = longest;
    this.timer = timer;
  }

  /// Runs `task` before the next that does not wait, `longest` from now at the latest; at once
  /// where it is closed.
  synchronized void hold(Runnable task) {
    if (isClosed) {
      task.run();
      return;
    }
    held.add(task);
    if (held.size() == 1) {
      timer.after(longest, this::letGo);
    }
  }

  /// Runs `task` now, after all that is held.
  synchronized void pass(Runnable task) {
    letGo();
    task.run();
  }

  /// Runs what is held; from now on nothing waits.
  synchronized void close() {
    isClosed = true;
    letGo();
  }

  private synchronized void letGo() {
    for (Runnable task = held.poll(); task != null; task = held.poll()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("what was held back failed; what follows it goes on", e);
      }
    }
  }
}
