package dev.voxlog.ingress;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two producers: audio lingers a little to share requests, facts go at once. Both refuse rather
/// than wait, which the event loop must never do; so topic metadata is fetched before the first
/// record and kept. Safe from any thread.
///
/// Marks, most of the facts, wait for one another: each request wakes the consumers of all stages,
/// and what was played is told after the fact anyway. They go ahead of any other fact, so in the
/// log a call's facts never overtake each other.
final class KafkaRecordWriter implements RecordWriter {
  private static final Logger log = LoggerFactory.getLogger(KafkaRecordWriter.class);
  private static final Duration AUDIO_LINGER = Duration.ofMillis(5);
  private static final Duration MARKS_WAIT = Duration.ofMillis(30);
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  /// Metadata must be kept, also while no broker answers: without it records are refused at once
  /// and not buffered. What is buffered, which is bounded, waits for as long as a caller might:
  /// nobody could tell it again.
  private static final Map<String, String> OUTAGE =
      Map.of(
          "metadata.max.idle.ms", Long.toString(Duration.ofDays(365).toMillis()),
          "metadata.recovery.strategy", "none",
          "delivery.timeout.ms", "120000",
          "request.timeout.ms", "10000",
          "reconnect.backoff.max.ms", "500");

  private static final long AUDIO_BUFFER = 96L << 20; // 10 s of 600 calls

  private final KafkaSettings settings;
  private final LogCodec codec;
  private final Producer<byte[], byte[]> audio;
  private final Producer<byte[], byte[]> facts;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("marks").factory());
  private final HeldBack order =
      new HeldBack(
          MARKS_WAIT,
          (delay, task) -> {
            var _ = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
          });
  private final LogSilence silence = new LogSilence(System::nanoTime);
  private volatile boolean isHealthy = true;

  private KafkaRecordWriter(KafkaSettings settings, LogCodec codec) {
    this.settings = settings;
    this.codec = codec;
    audio = producer(settings, AUDIO_LINGER, AUDIO_BUFFER);
    facts = producer(settings, Duration.ZERO, 16L << 20);
  }

  private static Producer<byte[], byte[]> producer(
      KafkaSettings settings, Duration linger, long buffer) {
    Map<String, Object> config = settings.producer(linger);
    config.put("buffer.memory", Long.toString(buffer));
    config.putAll(OUTAGE);
    config.putAll(settings.properties());
    config.put("max.block.ms", "0");
    return new KafkaProducer<>(config);
  }

  /// Waits until the topics are known.
  static KafkaRecordWriter open(KafkaSettings settings, LogCodec codec) {
    KafkaRecordWriter writer = new KafkaRecordWriter(settings, codec);
    try {
      writer.awaitTopic(writer.audio, Topic.AUDIO_IN);
      writer.awaitTopic(writer.facts, Topic.CALLS);
      return writer;
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private void awaitTopic(Producer<byte[], byte[]> producer, Topic topic) {
    String name = settings.topic(topic);
    long until = System.nanoTime() + WARM_UP.toNanos();
    while (true) {
      try {
        if (!producer.partitionsFor(name).isEmpty()) {
          return;
        }
      } catch (TimeoutException e) {
        log.trace("metadata of {} is on its way", name);
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "topic "
                + name
                + " cannot be reached at "
                + settings.bootstrapServers()
                + "; is the broker up, and were the topics created with `voxlog topics apply`?");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void write(VoxEvent event, int attach, Outcome outcome) {
    Topic topic = Topic.of(event);
    CallId call = Objects.requireNonNull(event.callId());
    silence.asked();
    try {
      byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(settings.topic(topic), key, codec.encode(event));
      WireHeaders.epoch(record.headers(), attach);
      switch (event) {
        case CallerAudio _ -> send(audio, topic, record, outcome);
        case CallEvent.Mark _ -> order.hold(() -> send(facts, topic, record, outcome));
        default -> order.pass(() -> send(facts, topic, record, outcome));
      }
    } catch (RuntimeException e) {
      done(topic, e, outcome);
    }
  }

  private void send(
      Producer<byte[], byte[]> producer,
      Topic topic,
      ProducerRecord<byte[], byte[]> record,
      Outcome outcome) {
    try {
      var _ = producer.send(record, (_, failure) -> done(topic, failure, outcome));
    } catch (RuntimeException e) {
      done(topic, e, outcome);
    }
  }

  private void done(Topic topic, @Nullable Exception failure, Outcome outcome) {
    if (failure != null && isHealthy) {
      log.error("{} does not take records: {}", settings.topic(topic), failure.toString());
    }
    isHealthy = failure == null;
    silence.answered(failure == null);
    outcome.known(failure == null);
  }

  @Override
  public Duration silence() {
    return silence.length();
  }

  @Override
  public boolean isHealthy() {
    return isHealthy;
  }

  @Override
  public void close() {
    order.close();
    timer.shutdownNow();
    audio.close(Duration.ofSeconds(3));
    facts.close(Duration.ofSeconds(3));
  }
}
