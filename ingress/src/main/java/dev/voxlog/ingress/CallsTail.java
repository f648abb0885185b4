package dev.voxlog.ingress;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.TopicFollower;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads every partition of `calls` from an hour ago and follows it. A record whose schema cannot
/// be had is waited for.
final class CallsTail implements AutoCloseable {
  private static final Duration BACK = Duration.ofHours(1);
  private static final Duration START = Duration.ofSeconds(20);

  /// Only who comes to a call waits for what is read here.
  private static final Duration REST = Duration.ofMillis(40);

  private final String topic;
  private final LogCodec codec;
  private final BiConsumer<CallId, CallEvent> reader;
  private final Runnable afterPoll;
  private final TopicFollower follower;
  private volatile AtomicLongArray positions = new AtomicLongArray(1);

  /// `consumers` makes readers that belong to no group; each is closed here.
  CallsTail(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      LogCodec codec,
      BiConsumer<CallId, CallEvent> reader,
      Runnable afterPoll) {
    this.topic = topic;
    this.codec = codec;
    this.reader = reader;
    this.afterPoll = afterPoll;
    follower = new TopicFollower("calls-tail", consumers, List.of(topic), BACK, new Calls());
  }

  private final class Calls implements TopicFollower.Reader {
    @Override
    public void begins(List<TopicPartition> partitions) {
      if (positions.length() != partitions.size()) {
        positions = new AtomicLongArray(partitions.size());
      }
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record) throws LogCodec.UnreadableException {
      if (codec.decode(Topic.CALLS, record.value()) instanceof LogCodec.Read.Known(CallEvent event)
          && event.callId() != null) {
        reader.accept(event.callId(), event);
      }
    }

    @Override
    public Duration rest() {
      return REST;
    }

    @Override
    public void polled(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      partitions.forEach(each -> positions.set(each.partition(), consumer.position(each)));
      afterPoll.run();
    }
  }

  /// Returns when what was on the log has been read.
  void start() {
    follower.start();
    try {
      follower.awaitCaughtUp(START);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + topic, e);
    } catch (TimeoutException e) {
      RuntimeException why = follower.lastFailure();
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
    return follower.isAlive();
  }

  /// Whether the log was read at the last try.
  boolean isFollowing() {
    return follower.isFollowing();
  }

  @Override
  public void close() {
    follower.close();
  }
}
