package dev.voxlog.runtime;

import static java.util.Objects.requireNonNull;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Keeps what is written, without checkpoints; refuses or fails where a test wants it.
final class MemoryWriter implements LogWriter {
  final List<VoxEvent> written = new CopyOnWriteArrayList<>();
  final List<String> letters = new CopyOnWriteArrayList<>();
  private final Map<Topic, AtomicLong> ends = new EnumMap<>(Topic.class);
  volatile @Nullable RuntimeException failure;
  volatile boolean isRefusingNext;
  volatile CompletableFuture<Void> letterWritten = CompletableFuture.completedFuture(null);

  MemoryWriter() {
    for (Topic topic : Topic.values()) {
      ends.put(topic, new AtomicLong());
    }
  }

  @Override
  public CompletableFuture<Long> write(
      Topic topic, int partition, CallId call, VoxEvent event, Origin origin) {
    RuntimeException failing = failure;
    if (failing != null) {
      return CompletableFuture.failedFuture(failing);
    }
    if (Checkpoint.bytesOf(event) == null) {
      if (isRefusingNext) {
        isRefusingNext = false;
        return CompletableFuture.failedFuture(new RecordTooLargeException("for a test"));
      }
      written.add(event);
    }
    return CompletableFuture.completedFuture(end(topic));
  }

  @Override
  public CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch) {
    return CompletableFuture.completedFuture(end(topic));
  }

  private long end(Topic topic) {
    return requireNonNull(ends.get(topic)).getAndIncrement();
  }

  @Override
  public CompletableFuture<Void> deadLetter(DeadLetter letter) {
    letters.add(letter.label());
    return letterWritten;
  }

  @Override
  public void close() {}
}
