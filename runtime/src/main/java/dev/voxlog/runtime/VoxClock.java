package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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

    private final ScheduledExecutorService timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timers").factory());

    private SystemClock() {}

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
