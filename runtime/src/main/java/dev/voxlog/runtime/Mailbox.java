package dev.voxlog.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages to one call: posted from any thread, handled one at a time in order of arrival.
///
/// Threads: [#post] from any thread. The handler runs on the executor, never on two threads at
/// once, and sees what earlier runs wrote: the counter's atomic updates order them.
final class Mailbox {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  private final ConcurrentLinkedQueue<Runnable> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor executor;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  void post(Runnable message) {
    messages.add(message);
    if (waiting.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  /// Messages not yet handled, the one at hand among them.
  int depth() {
    return waiting.get();
  }

  private void drain() {
    do {
      // A message is queued before it is counted, so a positive count means there is one.
      Runnable message = messages.poll();
      if (message != null) {
        handle(message);
      }
    } while (waiting.decrementAndGet() > 0);
  }

  /// Whatever a message throws, the next one is handled: else one bad record would silence a call
  /// for good.
  private static void handle(Runnable message) {
    try {
      message.run();
    } catch (Throwable e) {
      log.error("a message of a call went wrong: {}", FailureTrace.of(e));
    }
  }
}
