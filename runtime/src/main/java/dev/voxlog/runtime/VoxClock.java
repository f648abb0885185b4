package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The clock all timers and decisions use, so that tests and replay can drive it.
public interface VoxClock {
  Instant now();

  /// Runs `task` once after `delay`, on a thread of the clock's own; the task must not block.
  Cancellable schedule(Duration delay, Runnable task);

  /// A timer that can be taken back.
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }

  /// The machine's clock.
  static VoxClock system() {
    return SystemClock.INSTANCE;
  }

  /// Wall-clock time and one daemon timer thread for the process.
  final class SystemClock implements VoxClock {
    private static final SystemClock INSTANCE = new SystemClock();

    private final ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());

    private SystemClock() {
      timers.setRemoveOnCancelPolicy(true);
    }

    /// Timers that are set and neither due nor taken back.
    int pending() {
      return timers.getQueue().size();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      Future<?> future = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }
  }
}
