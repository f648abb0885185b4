package dev.voxlog.ingress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// What can wait a little to go together, and goes ahead of whatever cannot. Safe from any thread;
/// what is let go runs one after the other, in order.
final class HeldBack {
  private final Duration longest;
  private final Timer timer;
  private final Queue<Runnable> held = new ArrayDeque<>();

  /// Runs something once, later, on any thread.
  @FunctionalInterface
  interface Timer {
    void after(Duration delay, Runnable task);
  }

  HeldBack(Duration longest, Timer timer) {
    this.longest = longest;
    this.timer = timer;
  }

  /// Runs `task` before the next that does not wait, `longest` from now at the latest.
  synchronized void hold(Runnable task) {
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

  synchronized void letGo() {
    for (Runnable task = held.poll(); task != null; task = held.poll()) {
      task.run();
    }
  }
}
