package dev.voxlog.ingress;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every partition of `calls` from an hour ago and follows it, on a thread of its own, which
/// goes on after a failure where it was. A record whose schema cannot be had is waited for.
final class CallsTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallsTail.class);
  private static final Duration BACK = Duration.ofHours(1);
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final LogCodec codec;
  private final BiConsumer<CallId, CallEvent> reader;
  private final Runnable afterPoll;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("calls-tail").unstarted(this::run);
  private volatile AtomicLongArray positions = new AtomicLongArray(1);
  private volatile boolean isFollowing;
  private volatile @Nullable RuntimeException lastFailure;

  /// `consumers` makes readers that belong to no group; each is closed here.
  CallsTail(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      LogCodec codec,
      BiConsumer<CallId, CallEvent> reader,
      Runnable afterPoll) {
    this.consumers = consumers;
    this.topic = topic;
    this.codec = codec;
    this.reader = reader;
    this.afterPoll = afterPoll;
  }

  /// Returns when what was on the log has been read.
  void start() {
    thread.start();
    try {
      caughtUp.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      RuntimeException why = lastFailure;
      throw new IllegalStateException(
          "topic " + topic + " cannot be read; is the broker up and the topic created?",
          why == null ? e : why);
    }
  }

  int partitions() {
    return positions.length();
  }

  /// The next offset to be read.
  long position(int partition) {
    return positions.get(partition);
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /// Whether the log was read at the last try.
  boolean isFollowing() {
    return isFollowing && thread.isAlive();
  }

  private void run() {
    while (!stopping.isDone()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException e) {
        isFollowing = false;
        lastFailure = e;
        log.error("{} cannot be read for the moment: {}", topic, e.toString());
        pause();
      }
    }
  }

  private void pause() {
    try {
      stopping.get(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.trace("trying again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = assign(consumer);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopping.isDone()) {
      boolean isWhole = read(consumer, consumer.poll(Duration.ofMillis(200)));
      for (TopicPartition partition : partitions) {
        long position = consumer.position(partition);
        next.put(partition, position);
        positions.set(partition.partition(), position);
      }
      isFollowing = isWhole;
      afterPoll.run();
      if (!caughtUp.isDone()
          && partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
        caughtUp.complete(null);
      }
      if (!isWhole) {
        pause();
      }
    }
  }

  private List<TopicPartition> assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic);
    }
    if (positions.length() != partitions.size()) {
      positions = new AtomicLongArray(partitions.size());
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    Map<TopicPartition, Long> since = new HashMap<>();
    partitions.forEach(p -> since.put(p, Instant.now().minus(BACK).toEpochMilli()));
    consumer
        .offsetsForTimes(since)
        .forEach((partition, found) -> {
          if (found != null) {
            consumer.seek(partition, found.offset());
          }
        });
    next.forEach(consumer::seek);
    return partitions;
  }

  /// False when a partition has to wait at a record.
  private boolean read(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    boolean isWhole = true;
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!read(record)) {
          consumer.seek(partition, record.offset());
          isWhole = false;
          break;
        }
      }
    }
    return isWhole;
  }

  /// False when the record is sound but cannot be read for the moment.
  private boolean read(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (codec.decode(Topic.CALLS, record.value()) instanceof LogCodec.Read.Known(CallEvent event)
          && event.callId() != null) {
        reader.accept(event.callId(), event);
      }
      return true;
    } catch (LogCodec.UnavailableException e) {
      log.warn("{}-{} waits at {}: {}", topic, record.partition(), record.offset(), e.getMessage());
      lastFailure = e;
      return false;
    } catch (LogCodec.UnreadableException | RuntimeException e) {
      log.debug(
          "{}-{} at {} is unreadable and passed over", topic, record.partition(), record.offset());
      return true;
    }
  }

  @Override
  public void close() {
    stopping.complete(null);
  }
}
