package dev.voxlog.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every partition of some topics outside any group and follows them, on a thread of its own,
/// which goes on after a failure where it was.
public final class TopicFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// A poll that finds so many may have more before it.
  private static final int MANY = 100;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Collection<String> topics;
  private final @Nullable Duration back;
  private final Reader reader;
  private final Thread thread;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private volatile boolean isFollowing;
  private volatile @Nullable RuntimeException lastFailure;

  /// What the records are for. Called by the following thread alone.
  public interface Reader {
    /// These partitions are about to be read, at first or after a failure.
    default void begins(List<TopicPartition> partitions) {}

    /// @throws LogCodec.UnavailableException if the record is sound but cannot be read for the
    ///   moment; it and its partition's next ones wait
    /// @throws LogCodec.UnreadableException if it cannot be read at all; it is passed over
    void read(ConsumerRecord<byte[], byte[]> record) throws LogCodec.UnreadableException;

    /// How long nothing is read after a poll that found little, so that the next one finds more:
    /// each costs the broker and this process the same, whatever it finds. Who can wait so long for
    /// news should.
    default Duration rest() {
      return Duration.ZERO;
    }

    /// What there was has been read.
    default void polled(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {}
  }

  /// `consumers` makes readers that belong to no group; each is closed here. Reading begins `back`
  /// ago, or, where that is null, with all that is there.
  public TopicFollower(
      String thread,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Collection<String> topics,
      @Nullable Duration back,
      Reader reader) {
    this.consumers = consumers;
    this.topics = List.copyOf(topics);
    this.back = back;
    this.reader = reader;
    this.thread = Thread.ofPlatform().daemon().name(thread).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Returns when what was there at the start has been read.
  ///
  /// @throws TimeoutException if that takes longer than the patience
  public void awaitCaughtUp(Duration patience) throws InterruptedException, TimeoutException {
    try {
      caughtUp.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /// Whether all was read at the last try.
  public boolean isFollowing() {
    return isFollowing && thread.isAlive();
  }

  /// Why reading failed, or had to wait, the last time.
  public @Nullable RuntimeException lastFailure() {
    return lastFailure;
  }

  private void run() {
    while (!stopping.isDone()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException e) {
        isFollowing = false;
        lastFailure = e;
        log.error("{} cannot be read for the moment: {}", topics, e.toString());
        pause(BETWEEN_TRIES);
      }
    }
  }

  private void pause(Duration pause) {
    if (pause.isZero()) {
      return;
    }
    try {
      stopping.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.trace("going on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = assign(consumer);
    reader.begins(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopping.isDone()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean isWhole = read(consumer, records);
      partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
      isFollowing = isWhole;
      reader.polled(consumer, partitions);
      if (!caughtUp.isDone()
          && ends.entrySet().stream()
              .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
        caughtUp.complete(null);
      }
      if (!isWhole) {
        pause(BETWEEN_TRIES);
      } else if (!records.isEmpty() && records.count() < MANY) {
        pause(reader.rest());
      }
    }
  }

  private List<TopicPartition> assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<TopicPartition> found =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("there is no topic " + topic);
      }
      partitions.addAll(found);
    }
    consumer.assign(partitions);
    if (back == null) {
      consumer.seekToBeginning(partitions);
    } else {
      seekBack(consumer, partitions, back);
    }
    next.forEach(consumer::seek);
    return partitions;
  }

  private static void seekBack(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Duration back) {
    consumer.seekToEnd(partitions);
    long from = Instant.now().minus(back).toEpochMilli();
    Map<TopicPartition, Long> since = new HashMap<>();
    partitions.forEach(partition -> since.put(partition, from));
    consumer
        .offsetsForTimes(since)
        .forEach((partition, found) -> {
          if (found != null) {
            consumer.seek(partition, found.offset());
          }
        });
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

  private boolean read(ConsumerRecord<byte[], byte[]> record) {
    try {
      reader.read(record);
      return true;
    } catch (LogCodec.UnavailableException e) {
      log.warn(
          "{}-{} waits at {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      lastFailure = e;
      return false;
    } catch (LogCodec.UnreadableException | RuntimeException e) {
      log.debug(
          "{}-{} at {} is unreadable and passed over: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getClass().getSimpleName());
      return true;
    }
  }

  @Override
  public void close() {
    stopping.complete(null);
  }
}
