package dev.voxlog.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/// Ways to hand messages from one thread to many calls, a call's one at a time and in order.
interface HandOff extends AutoCloseable {
  void post(int call, Runnable message);

  @Override
  default void close() {}

  static HandOff of(String way, int calls) {
    return switch (way) {
      case "mailbox" -> new Mailboxes(calls);
      case "threadPerCall" -> new ThreadPerCall(calls);
      case "threadPerMessage" -> new ThreadPerMessage(calls);
      case "executorPerCall" -> new Executing(calls, calls);
      case "oneExecutor" -> new Executing(calls, 1);
      default -> throw new IllegalArgumentException(way);
    };
  }

  /// Ours: a virtual thread for as long as there are messages.
  final class Mailboxes implements HandOff {
    private final ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stage-call-", 0).factory());
    private final List<Mailbox> mailboxes;

    Mailboxes(int calls) {
      mailboxes = IntStream.range(0, calls).mapToObj(_ -> new Mailbox(threads)).toList();
    }

    @Override
    public void post(int call, Runnable message) {
      mailboxes.get(call).post(message);
    }

    @Override
    public void close() {
      threads.close();
    }
  }

  /// A queue and a virtual thread for as long as the call lasts.
  final class ThreadPerCall implements HandOff {
    private final List<LinkedBlockingQueue<Runnable>> queues;
    private final List<Thread> threads = new ArrayList<>();

    ThreadPerCall(int calls) {
      queues =
          IntStream.range(0, calls).mapToObj(_ -> new LinkedBlockingQueue<Runnable>()).toList();
      queues.forEach(queue -> threads.add(Thread.startVirtualThread(() -> take(queue))));
    }

    private static void take(LinkedBlockingQueue<Runnable> queue) {
      try {
        while (true) {
          queue.take().run();
        }
      } catch (InterruptedException _) {
        // The call is over.
      }
    }

    @Override
    public void post(int call, Runnable message) {
      queues.get(call).add(message);
    }

    @Override
    public void close() {
      threads.forEach(Thread::interrupt);
    }
  }

  /// A virtual thread for each message, which waits for the call's one before.
  final class ThreadPerMessage implements HandOff {
    private final Thread[] last;

    ThreadPerMessage(int calls) {
      last = new Thread[calls];
      for (int i = 0; i < calls; i++) {
        last[i] = Thread.startVirtualThread(() -> {});
      }
    }

    @Override
    public void post(int call, Runnable message) {
      Thread before = last[call];
      last[call] =
          Thread.startVirtualThread(() -> {
            try {
              before.join();
              message.run();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  /// Platform threads of the JDK's, one for each call or one for all.
  final class Executing implements HandOff {
    private final List<ExecutorService> executors;

    Executing(int calls, int threads) {
      List<ExecutorService> some =
          IntStream.range(0, threads).mapToObj(_ -> Executors.newSingleThreadExecutor()).toList();
      executors = IntStream.range(0, calls).mapToObj(call -> some.get(call % threads)).toList();
    }

    @Override
    public void post(int call, Runnable message) {
      executors.get(call).execute(message);
    }

    @Override
    public void close() {
      executors.forEach(ExecutorService::shutdown);
    }
  }
}
