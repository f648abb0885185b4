package dev.voxlog.nlu.scripted;

import dev.voxlog.nlu.TextEmbedder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// An embedder that takes its time: every text keeps the asking thread for `delay` longer.
public record SlowEmbedder(TextEmbedder embedder, Duration delay) implements TextEmbedder {
  @Override
  public float[] embed(String text) {
    long until = System.nanoTime() + delay.toNanos();
    float[] vector = embedder.embed(text);
    for (long left = until - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return vector;
  }
}
