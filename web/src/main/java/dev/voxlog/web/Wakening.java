package dev.voxlog.web;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Has a task run once more on its own thread, at the call of any: however often it is called
/// before the task has begun, it is run once. Safe from any thread.
final class Wakening implements Runnable {
  private final Executor thread;
  private final Runnable task;
  private final AtomicBoolean isCalled = new AtomicBoolean();

  Wakening(Executor thread, Runnable task) {
    this.thread = thread;
    this.task = task;
  }

  static Wakening on(Context context, Runnable task) {
    return new Wakening(each -> context.runOnContext(_ -> each.run()), task);
  }

  @Override
  public void run() {
    if (isCalled.compareAndSet(false, true)) {
      thread.execute(() -> {
        isCalled.set(false);
        task.run();
      });
    }
  }
}
