package dev.voxlog.ingress;

import dev.voxlog.runtime.KafkaSettings;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every partition of `calls` from an hour ago and follows it, on a thread of its own.
final class CallsTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallsTail.class);
  private static final Duration BACK = Duration.ofHours(1);
  private static final Duration START = Duration.ofSeconds(20);

  private final LogCodec codec;
  private final BiConsumer<CallId, CallEvent> reader;
  private final Runnable afterPoll;
  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final CompletableFuture<AtomicLongArray> caughtUp = new CompletableFuture<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("calls-tail").unstarted(this::run);
  private volatile AtomicLongArray positions = new AtomicLongArray(1);
  private volatile boolean isStopping;

  CallsTail(
      KafkaSettings settings,
      LogCodec codec,
      BiConsumer<CallId, CallEvent> reader,
      Runnable afterPoll) {
    this.codec = codec;
    this.reader = reader;
    this.afterPoll = afterPoll;
    this.topic = settings.topic(Topic.CALLS);
    this.consumer = new KafkaConsumer<>(settings.reader());
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
      throw new IllegalStateException(
          "topic " + topic + " cannot be read; is the broker up and the topic created?", e);
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

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions = assign();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!isStopping) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::read);
        partitions.forEach(p -> positions.set(p.partition(), consumer.position(p)));
        afterPoll.run();
        if (!caughtUp.isDone()
            && partitions.stream()
                .allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
          caughtUp.complete(positions);
        }
      }
    } catch (WakeupException e) {
      log.trace("stopped");
    } catch (RuntimeException e) {
      log.error("{} can no longer be read; calls that come again may not be recognised", topic, e);
      caughtUp.completeExceptionally(e);
    }
  }

  private List<TopicPartition> assign() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    positions = new AtomicLongArray(partitions.size());
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
    return partitions;
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (codec.decode(Topic.CALLS, record.value()) instanceof LogCodec.Read.Known(CallEvent event)
          && event.callId() != null) {
        reader.accept(event.callId(), event);
      }
    } catch (LogCodec.UnreadableException | RuntimeException e) {
      log.debug(
          "{}-{} at {} is unreadable and passed over", topic, record.partition(), record.offset());
    }
  }

  @Override
  public void close() {
    isStopping = true;
    consumer.wakeup();
    if (!thread.isAlive() && thread.getState() == Thread.State.NEW) {
      consumer.close();
    }
  }
}
