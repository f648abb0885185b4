package dev.voxlog.cli.load.caller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one thread of all callers: sends each frame when it is due, reads in between.
///
/// The selector's own waits are whole milliseconds; shorter ones are naps, and what comes meanwhile
/// is read up to a nap late.
public final class CallerLoop implements AutoCloseable {
  private static final long NAP = Duration.ofNanos(250_000).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final long IDLE_MS = 20;

  private final Selector selector;
  private final PriorityQueue<Caller> callers =
      new PriorityQueue<>(Comparator.comparingLong(Caller::due));
  private final Queue<Caller> coming = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile @Nullable Throwable broken;

  public CallerLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name("callers").unstarted(this::run);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  /// A caller joins; from any thread.
  public void add(Caller caller) {
    coming.add(caller);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!isClosed) {
        join();
        sendWhatIsDue();
        await();
      }
    } catch (Throwable e) {
      broken = e;
    } finally {
      callers.forEach(each -> each.wire().close());
    }
  }

  /// @throws IllegalStateException if nobody talks any more, since the loop is broken
  public void check() {
    Throwable cause = broken;
    if (cause != null) {
      throw new IllegalStateException("the callers broke off: " + cause, cause);
    }
  }

  private void join() throws IOException {
    for (Caller caller = coming.poll(); caller != null; caller = coming.poll()) {
      try {
        caller.wire().join(selector, caller);
        callers.add(caller);
      } catch (ClosedChannelException e) {
        caller.readable();
      }
    }
  }

  private void sendWhatIsDue() {
    for (Caller first = callers.peek(); first != null; first = callers.peek()) {
      long now = System.nanoTime();
      if (!first.isOver() && first.due() > now) {
        return;
      }
      Caller _ = callers.remove();
      if (!first.isOver()) {
        first.step(now);
      }
      if (!first.isOver()) {
        callers.add(first);
      }
    }
  }

  private void await() throws IOException {
    Caller first = callers.peek();
    long wait = first == null ? IDLE_MS * MILLI : first.due() - System.nanoTime();
    if (wait >= MILLI) {
      int _ = selector.select(key -> ((Caller) key.attachment()).readable(), wait / MILLI);
    } else {
      int read = selector.selectNow(key -> ((Caller) key.attachment()).readable());
      if (read == 0 && wait > 0) {
        LockSupport.parkNanos(Math.min(wait, NAP));
      }
    }
  }

  /// Hangs nobody up; streams that are open break.
  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    try {
      thread.join(Duration.ofSeconds(2));
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
