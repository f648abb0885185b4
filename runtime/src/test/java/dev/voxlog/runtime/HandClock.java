package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that a test moves by hand; due timers run on the test's thread.
final class HandClock implements VoxClock {
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::due));
  private Instant now = TestCalls.AT;

  private record Timer(Instant due, Runnable task) {}

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(now.plus(delay), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  void advance(Duration by) {
    Instant target = now.plus(by);
    while (!timers.isEmpty() && !timers.peek().due.isAfter(target)) {
      Timer next = timers.remove();
      now = next.due;
      next.task.run();
    }
    now = target;
  }
}
