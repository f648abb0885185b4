package dev.voxlog.schemas;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// A few reusable objects for many threads, virtual ones too: one is taken, used and put back; when
/// none is at hand a new one is made.
final class Spares<T> {
  private static final int SLOTS = 16;

  private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> make;

  Spares(Supplier<T> make) {
    this.make = make;
  }

  T take() {
    T spare = slots.getAndSet(slot(), null);
    return spare == null ? make.get() : spare;
  }

  void putBack(T spare) {
    slots.setRelease(slot(), spare);
  }

  private static int slot() {
    return (int) (Thread.currentThread().threadId() & (SLOTS - 1));
  }
}
