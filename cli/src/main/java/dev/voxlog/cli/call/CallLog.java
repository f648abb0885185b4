package dev.voxlog.cli.call;

import dev.voxlog.analytics.Fence;
import dev.voxlog.analytics.LogRecord;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// The records of one call as they come into the log, read outside any group by a thread of its
/// own.
///
/// Reading begins where the topics ended when the log was opened, so open it before dialling.
final class CallLog implements RecordSource, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LogCodec codec;
  private final byte[] key;
  private final Map<String, Topic> topics = new HashMap<>();
  private final Map<Integer, Fence> fences = new HashMap<>();
  private final List<LogRecord<?>> records = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile @Nullable RuntimeException failure;

  private CallLog(KafkaSettings kafka, LogCodec codec, CallId call) {
    this.codec = codec;
    this.key = call.value().getBytes(StandardCharsets.UTF_8);
    this.consumer = new KafkaConsumer<>(kafka.reader());
    Arrays.stream(Topic.values()).forEach(topic -> topics.put(kafka.topic(topic), topic));
    this.thread = Thread.ofPlatform().name("voxlog-call-log").daemon().unstarted(this::read);
  }

  /// Returns once every later record will be read.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the brokers do not answer
  static CallLog open(KafkaSettings kafka, LogCodec codec, CallId call) {
    CallLog log = new CallLog(kafka, codec, call);
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : log.topics.keySet()) {
        log.consumer
            .partitionsFor(topic, PATIENCE)
            .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
      }
      log.consumer.assign(partitions);
      log.consumer.seekToEnd(partitions);
      partitions.forEach(partition -> log.consumer.position(partition, PATIENCE));
    } catch (RuntimeException e) {
      log.consumer.close();
      throw e;
    }
    log.thread.start();
    return log;
  }

  private void read() {
    try (consumer) {
      while (!isClosed) {
        var polled = consumer.poll(POLL);
        Instant readAt = Instant.now();
        polled.forEach(record -> take(record, readAt));
      }
    } catch (WakeupException e) {
      // closing
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Instant readAt) {
    boolean isOurs = Arrays.equals(record.key(), key);
    Topic topic = topics.get(record.topic());
    if (topic == null || record.value() == null || (!isOurs && record.key() != null)) {
      return;
    }
    VoxEvent event = event(topic, record.value());
    if (event == null) {
      return;
    }
    Fence fence = fences.computeIfAbsent(record.partition(), _ -> new Fence());
    boolean counts = fence.admits(event, record.offset(), WireHeaders.epoch(record.headers()));
    if (counts && isOurs) {
      records.add(new LogRecord<>(event, record.offset(), readAt));
    }
  }

  private @Nullable VoxEvent event(Topic topic, byte[] value) {
    try {
      return codec.decode(topic, value) instanceof LogCodec.Read.Known(VoxEvent event)
          ? event
          : null;
    } catch (LogCodec.UnreadableException e) {
      return null; // a dead letter is the stages' business
    }
  }

  @Override
  public List<LogRecord<?>> records() {
    RuntimeException broken = failure;
    if (broken != null) {
      throw new IllegalStateException(
          "the log cannot be read any more: " + broken.getMessage(), broken);
    }
    return List.copyOf(records);
  }

  @Override
  public void close() {
    isClosed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
