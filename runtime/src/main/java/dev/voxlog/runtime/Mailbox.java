package dev.voxlog.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Messages to one call: posted from any thread, handled one at a time in order of arrival.
///
/// Threads: [#post] from any thread. The handler runs on the executor, never on two threads at once, and sees what earlier
/// runs wrote: the counter's atomic updates order them.
final class Mailbox {
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

  int depth() {
    return waiting.get();
  }

  private void drain() {
    do {
      // A message is queued before it is counted, so a positive count means there is one.
      Runnable message = messages.poll();
      if (message != null) {
        message.run();
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
