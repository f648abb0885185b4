package dev.voxlog.runtime;

import dev.voxlog.runtime.LogWriter.DeadLetter;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.DeadLetterLabel;
import dev.voxlog.schemas.StageName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records that a stage puts aside: the first of each call and reason is written, those after
/// it are counted and as good as written once it is.
///
/// Threads: any. A thread of its own sends, so that a full buffer or a broker that does not answer
/// keeps nobody else waiting.
final class DeadLetters implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int REMEMBERED = 4096;

  private final StageName stage;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final ExecutorService sender;
  private final Map<Kind, Counted> counted = new LinkedHashMap<>();

  DeadLetters(StageName stage, Producer<byte[], byte[]> producer, String topic) {
    this.stage = stage;
    this.producer = producer;
    this.topic = topic;
    sender =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name(stage.id() + "-dead-letters").factory());
  }

  /// What letters are counted by. One without a call is of no kind, and always written.
  private record Kind(CallId call, String reason) {
    static @Nullable Kind of(DeadLetter letter) {
      return letter.call() == null ? null : new Kind(letter.call(), letter.reason());
    }
  }

  /// Letters of one kind so far, and the first one's fate.
  private record Counted(long count, CompletableFuture<Void> written) {
    static Counted first() {
      return new Counted(1, new CompletableFuture<>());
    }

    Counted oneMore() {
      return new Counted(count + 1, written);
    }
  }

  /// Done once the broker has it, or the one that stands for it.
  CompletableFuture<Void> put(DeadLetter letter) {
    Kind kind = Kind.of(letter);
    Counted now = kind == null ? Counted.first() : count(kind);
    log.warn(
        "{} put {} aside: {} (no. {} of its call)",
        stage.id(),
        letter.origin(),
        letter.reason(),
        now.count);
    if (now.count == 1) {
      try {
        sender.execute(() -> send(letter, now.written));
      } catch (RejectedExecutionException e) {
        done(letter, e, now.written);
      }
    }
    return now.written;
  }

  private synchronized Counted count(Kind kind) {
    Counted now = counted.merge(kind, Counted.first(), (known, _) -> known.oneMore());
    if (counted.size() > REMEMBERED) {
      counted.remove(counted.keySet().iterator().next());
    }
    return now;
  }

  private void send(DeadLetter letter, CompletableFuture<Void> written) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, letter.key(), letter.raw());
    new DeadLetterLabel(stage.id(), letter.label(), letter.origin(), letter.call())
        .write(record.headers());
    try {
      var _ = producer.send(record, (_, failure) -> done(letter, failure, written));
    } catch (RuntimeException e) {
      done(letter, e, written);
    }
  }

  private void done(
      DeadLetter letter, @Nullable Exception failure, CompletableFuture<Void> written) {
    if (failure == null) {
      written.complete(null);
      return;
    }
    log.error("{} could not write to {}: {}", stage.id(), topic, FailureTrace.classes(failure));
    forget(Kind.of(letter));
    written.completeExceptionally(failure);
  }

  /// One that failed does not stand for the next.
  private synchronized void forget(@Nullable Kind kind) {
    if (kind != null) {
      counted.remove(kind);
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
