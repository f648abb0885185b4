package dev.voxlog.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A clean end, however it comes: Ctrl-C, TERM, or the program's own decision.
///
/// On a signal the closing runs in the JVM's shutdown; should it hang, the process ends all the
/// same.
final class Stopping implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(9_500);

  private final Runnable closing;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isStopping;
  private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stop);

  private Stopping(Runnable closing) {
    this.closing = closing;
  }

  /// From here on a signal runs `closing`, once.
  static Stopping of(Runnable closing) {
    Stopping stopping = new Stopping(closing);
    Runtime.getRuntime().addShutdownHook(stopping.hook);
    return stopping;
  }

  /// Blocks until a signal comes or [#ask] is called.
  void await() throws InterruptedException {
    asked.await();
  }

  boolean await(Duration patience) throws InterruptedException {
    return asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Runs what starts something. A start that fails because the end has been asked for has not
  /// failed.
  ///
  /// @return false if the end came first
  boolean start(Starting starting) {
    try {
      starting.start();
      return true;
    } catch (RuntimeException e) {
      if (isStopping) {
        return false;
      }
      throw e;
    }
  }

  /// What a signal may cut short.
  @FunctionalInterface
  interface Starting {
    void start();
  }

  private void stop() {
    isStopping = true;
    if (asked.getCount() == 0 && closed.getCount() == 0) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("stop-watch")
        .start(() -> {
          try {
            if (!closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
              System.err.println("voxlog: not everything closed in time; ending");
              Runtime.getRuntime().halt(1);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    closeOnce();
    asked.countDown();
  }

  private synchronized void closeOnce() {
    if (closed.getCount() > 0) {
      try {
        closing.run();
      } finally {
        closed.countDown();
      }
    }
  }

  @Override
  public void close() {
    closeOnce();
    asked.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already ending, by way of the hook.
      return;
    }
  }
}
