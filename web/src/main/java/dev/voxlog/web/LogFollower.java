package dev.voxlog.web;

import dev.voxlog.analytics.Fence;
import dev.voxlog.analytics.LogRecord;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the calls' records from some time ago and follows them, outside any group, on a thread of
/// its own, which goes on after a failure where it was. Audio is dropped at once, and the callers'
/// is not read at all.
///
/// What lies in the log is given in the order of time over all topics; records that come live wait
/// for nothing but the topics in which something is on its way.
final class LogFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
  static final List<Topic> TOPICS =
      List.of(Topic.CALLS, Topic.TRANSCRIPTS, Topic.INTENTS, Topic.SENTENCES, Topic.AUDIO_OUT);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// A partition of which nothing can be had holds up the others no longer than this.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /// A partition that is this far ahead of the others is not read for a while.
  private static final int MOST_WAITING = 2_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Map<String, Topic> topics = new HashMap<>();
  private final LogCodec codec;
  private final Duration history;
  private final BiConsumer<CallId, LogRecord<?>> taker;
  private final Map<Integer, Fence> fences = new HashMap<>();
  private final TimeOrder<TopicPartition, Ours> order = new TimeOrder<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("web-log").unstarted(this::run);
  private long lastDrained = System.nanoTime();
  private volatile boolean isCaughtUp;
  private volatile boolean isFollowing;

  private record Ours(CallId call, LogRecord<?> record) {}

  /// `consumers` makes readers that belong to no group; each is closed here. `names` gives the
  /// physical name of a topic.
  LogFollower(
      Supplier<Consumer<byte[], byte[]>> consumers,
      java.util.function.Function<Topic, String> names,
      LogCodec codec,
      Duration history,
      BiConsumer<CallId, LogRecord<?>> taker) {
    this.consumers = consumers;
    this.codec = codec;
    this.history = history;
    this.taker = taker;
    TOPICS.forEach(topic -> topics.put(names.apply(topic), topic));
  }

  LogFollower start() {
    thread.start();
    return this;
  }

  /// Whether what was on the log at the start has been read.
  boolean isCaughtUp() {
    return isCaughtUp;
  }

  /// Whether the log was read at the last try.
  boolean isFollowing() {
    return isFollowing && thread.isAlive();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    while (!stopping.isDone()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException e) {
        isFollowing = false;
        log.error("the log cannot be read for the moment: {}", e.toString());
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

  void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = assign(consumer);
    order.begin(partitions);
    while (!stopping.isDone()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean isWhole = read(consumer, records);
      partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
      isFollowing = isWhole;
      boolean isAtEnd = partitions.stream().noneMatch(partition -> isAwaited(consumer, partition));
      drain(consumer, isAtEnd);
      hold(consumer, partitions);
      if (!isWhole) {
        pause();
      }
    }
  }

  private void drain(Consumer<byte[], byte[]> consumer, boolean isAtEnd) {
    boolean isPatient = System.nanoTime() - lastDrained < LONGEST_WAIT.toNanos();
    order.drain(
        partition -> isPatient && isAwaited(consumer, partition),
        ours -> {
          lastDrained = System.nanoTime();
          taker.accept(ours.call(), ours.record());
        });
    if (isAtEnd) {
      lastDrained = System.nanoTime();
      isCaughtUp = true;
    }
  }

  private static boolean isAwaited(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.currentLag(partition).orElse(1) > 0;
  }

  private void hold(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    List<TopicPartition> ahead =
        partitions.stream().filter(each -> order.waiting(each) > MOST_WAITING).toList();
    if (!ahead.isEmpty() || !consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
      consumer.pause(ahead);
    }
  }

  private List<TopicPartition> assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics.keySet()) {
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
    consumer.seekToEnd(partitions);
    Map<TopicPartition, Long> since = new HashMap<>();
    long from = Instant.now().minus(history).toEpochMilli();
    partitions.forEach(partition -> since.put(partition, from));
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
    Instant readAt = isCaughtUp ? Instant.now() : null;
    boolean isWhole = true;
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!read(partition, record, readAt)) {
          consumer.seek(partition, record.offset());
          isWhole = false;
          break;
        }
      }
    }
    return isWhole;
  }

  /// False when the record is sound but cannot be read for the moment.
  private boolean read(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record, @Nullable Instant readAt) {
    Topic topic = topics.get(record.topic());
    if (topic == null || record.value() == null) {
      return true;
    }
    try {
      if (codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)) {
        take(partition, record, event, readAt);
      }
      return true;
    } catch (LogCodec.UnavailableException e) {
      log.warn("{} waits at {}: {}", partition, record.offset(), e.getMessage());
      return false;
    } catch (LogCodec.UnreadableException | RuntimeException e) {
      log.debug("{} at {} is unreadable and passed over", partition, record.offset());
      return true;
    }
  }

  private void take(
      TopicPartition partition,
      ConsumerRecord<byte[], byte[]> record,
      VoxEvent event,
      @Nullable Instant readAt) {
    Fence fence = fences.computeIfAbsent(partition.partition(), _ -> new Fence());
    boolean counts = fence.admits(event, record.offset(), WireHeaders.epoch(record.headers()));
    CallId call = event.callId();
    if (!counts || call == null || event.identity() == null) {
      return;
    }
    VoxEvent kept = withoutAudio(event);
    if (kept != null) {
      LogRecord<?> ours = new LogRecord<>(kept, record.offset(), readAt);
      order.add(partition, record.timestamp(), new Ours(call, ours));
    }
  }

  /// Of a sentence's audio only when its first chunk came is of interest.
  private static @Nullable VoxEvent withoutAudio(VoxEvent event) {
    return switch (event) {
      case AgentAudio.Chunk chunk when chunk.chunk() == 0 ->
          new AgentAudio.Chunk(
              chunk.callId(),
              chunk.at(),
              chunk.turn(),
              chunk.sentence(),
              0,
              chunk.codec(),
              AudioBytes.EMPTY,
              chunk.offsetMs(),
              List.of(),
              chunk.isLast(),
              chunk.isFailed(),
              chunk.purpose(),
              null);
      case AgentAudio _ -> null;
      default -> event;
    };
  }

  @Override
  public void close() {
    stopping.complete(null);
    try {
      if (thread.isAlive()) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
