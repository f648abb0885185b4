package dev.voxlog.testkit;

import dev.voxlog.runtime.VoxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until a test moves it; due timers run on the test's thread, in order.
/// Single-threaded.
public final class VirtualClock implements VoxClock {
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  private record Timer(Instant due, long order, Runnable task) {}

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /// Moves time forward, running what falls due on the way.
  public void advance(Duration by) {
    Instant target = now.plus(by);
    while (!timers.isEmpty() && !timers.peek().due().isAfter(target)) {
      Timer next = timers.remove();
      now = next.due();
      next.task().run();
    }
    now = target;
  }
}
