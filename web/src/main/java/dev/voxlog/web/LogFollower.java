package dev.voxlog.web;

import dev.voxlog.analytics.Fence;
import dev.voxlog.analytics.LogRecord;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.TopicFollower;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads the calls' records from some time ago and follows them. Audio is dropped at once, and the
/// callers' is not read at all.
///
/// What lies in the log is given in the order of time over all topics; records that come live wait
/// for nothing but the topics in which something is on its way.
final class LogFollower implements AutoCloseable {
  static final List<Topic> TOPICS =
      List.of(Topic.CALLS, Topic.TRANSCRIPTS, Topic.INTENTS, Topic.SENTENCES, Topic.AUDIO_OUT);

  /// A partition of which nothing can be had holds up the others no longer than this.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /// A partition that is this far ahead of the others is not read for a while.
  private static final int MOST_WAITING = 2_000;

  private final Map<String, Topic> topics = new HashMap<>();
  private final LogCodec codec;
  private final BiConsumer<CallId, LogRecord<?>> taker;
  private final Map<Integer, Fence> fences = new HashMap<>();
  private final TimeOrder<TopicPartition, Ours> order = new TimeOrder<>();
  private final TopicFollower follower;
  private long lastDrained = System.nanoTime();
  private volatile boolean isCaughtUp;

  private record Ours(CallId call, LogRecord<?> record) {}

  /// `consumers` makes readers that belong to no group; each is closed here. `names` gives the
  /// physical name of a topic.
  LogFollower(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Function<Topic, String> names,
      LogCodec codec,
      Duration history,
      BiConsumer<CallId, LogRecord<?>> taker) {
    this.codec = codec;
    this.taker = taker;
    TOPICS.forEach(topic -> topics.put(names.apply(topic), topic));
    follower = new TopicFollower("web-log", consumers, topics.keySet(), history, new Records());
  }

  private final class Records implements TopicFollower.Reader {
    @Override
    public void begins(List<TopicPartition> partitions) {
      order.begin(partitions);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record) throws LogCodec.UnreadableException {
      Topic topic = topics.get(record.topic());
      if (topic != null
          && record.value() != null
          && codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)) {
        take(record, event);
      }
    }

    @Override
    public void polled(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      boolean isAtEnd = partitions.stream().noneMatch(partition -> isAwaited(consumer, partition));
      drain(consumer, isAtEnd);
      hold(consumer, partitions);
    }
  }

  LogFollower start() {
    follower.start();
    return this;
  }

  /// Whether what was on the log at the start has been read.
  boolean isCaughtUp() {
    return isCaughtUp;
  }

  /// Whether the log was read at the last try.
  boolean isFollowing() {
    return follower.isFollowing();
  }

  boolean isAlive() {
    return follower.isAlive();
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

  private void take(ConsumerRecord<byte[], byte[]> record, VoxEvent event) {
    Fence fence = fences.computeIfAbsent(record.partition(), _ -> new Fence());
    boolean counts = fence.admits(event, record.offset(), WireHeaders.epoch(record.headers()));
    CallId call = event.callId();
    if (!counts || call == null || event.identity() == null) {
      return;
    }
    VoxEvent kept = withoutAudio(event);
    if (kept != null) {
      Instant readAt = isCaughtUp ? Instant.now() : null;
      LogRecord<?> ours = new LogRecord<>(kept, record.offset(), readAt);
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
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
    follower.close();
  }
}
