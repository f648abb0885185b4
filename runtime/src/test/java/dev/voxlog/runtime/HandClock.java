package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Time that a test moves by hand; due timers run on the test's thread. Others may ask it the time
/// and set timers.
final class HandClock implements VoxClock {
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::due));
  private Instant now = TestCalls.AT;

  private record Timer(Instant due, Runnable task) {}

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(now.plus(delay), task);
    timers.add(timer);
    return () -> remove(timer);
  }

  private synchronized void remove(Timer timer) {
    timers.remove(timer);
  }

  synchronized int timers() {
    return timers.size();
  }

  void advance(Duration by) {
    Instant target = now().plus(by);
    for (Timer next = next(target); next != null; next = next(target)) {
      next.task.run();
    }
  }

  private synchronized @Nullable Timer next(Instant target) {
    if (timers.isEmpty() || timers.peek().due.isAfter(target)) {
      now = target;
      return null;
    }
    now = timers.peek().due;
    return timers.remove();
  }
}
