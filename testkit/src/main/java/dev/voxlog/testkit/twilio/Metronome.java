package dev.voxlog.testkit.twilio;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One thread's absolute schedule for all callers: every caller steps each 20 ms, in one of four
/// slots 5 ms apart so that they do not all send at once. A late step is made up for, never
/// skipped.
final class Metronome implements AutoCloseable {
  static final long STEP_NANOS = 20_000_000;
  private static final int SLOTS = 4;

  private final Context context;
  private final List<List<Stepping>> slots = new ArrayList<>();
  private final Thread thread;
  private volatile boolean isStopped;
  private int nextSlot;

  /// What steps each 20 ms, on the context's thread.
  interface Stepping {
    /// `due` is the [System#nanoTime] the step was planned for.
    void step(long due);
  }

  Metronome(Context context) {
    this.context = context;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
    thread = Thread.ofPlatform().daemon().name("caller-metronome").start(this::run);
  }

  /// On the context's thread.
  void add(Stepping caller) {
    slots.get(nextSlot).add(caller);
    nextSlot = (nextSlot + 1) % SLOTS;
  }

  /// On the context's thread.
  void remove(Stepping caller) {
    slots.forEach(slot -> slot.remove(caller));
  }

  private void run() {
    long due = System.nanoTime();
    int slot = 0;
    while (!isStopped) {
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      long planned = due;
      int current = slot;
      context.runOnContext(_ -> step(current, planned));
      due += STEP_NANOS / SLOTS;
      slot = (slot + 1) % SLOTS;
    }
  }

  private void step(int slot, long due) {
    for (Stepping caller : List.copyOf(slots.get(slot))) {
      caller.step(due);
    }
  }

  @Override
  public void close() {
    isStopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
