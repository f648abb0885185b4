package dev.voxlog.runtime;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that records may take while they wait in this process's mailboxes, over all stages and
/// calls.
///
/// Threads: any.
public final class ByteBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  public ByteBudget(long most) {
    this.most = most;
  }

  /// A quarter of the heap.
  public static ByteBudget ofHeap() {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  void take(int bytes) {
    taken.addAndGet(bytes);
  }

  void giveBack(int bytes) {
    taken.addAndGet(-bytes);
  }

  boolean isSpent() {
    return taken.get() >= most;
  }

  /// True once there is room again for more than a few records: pausing and resuming cost a little.
  boolean hasRoom() {
    return taken.get() < most / 4 * 3;
  }

  long taken() {
    return taken.get();
  }
}
