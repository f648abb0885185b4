package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Numbered records of several keys, written and read without a pause through the clients a stage
/// has: one thread writes, one reads as a group's only member.
final class SteadyTraffic implements AutoCloseable {
  private static final int KEYS = 12;
  private static final Duration ROUND = Duration.ofMillis(20);
  private static final Duration LINGER = Duration.ofMillis(5);

  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  /// What [#awaitMore] waits for: half a second of all keys.
  private static final int MORE = 25 * KEYS;

  private final KafkaSettings kafka;
  private final String topic;
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong acknowledgements = new AtomicLong();
  private final Silence silence = new Silence();
  private final Silence readSilence = new Silence();
  private final Queue<Exception> refused = new ConcurrentLinkedQueue<>();
  private final Queue<Exception> readFailures = new ConcurrentLinkedQueue<>();

  /// What was read, by place in the log: what is read again after a rejoin changes nothing.
  private final Map<String, String> read = new ConcurrentSkipListMap<>();

  private final Thread writing;
  private final Thread reading;
  private volatile boolean isWriting = true;
  private volatile boolean isReading = true;
  private volatile int written;

  private SteadyTraffic(KafkaSettings kafka, Topic topic) {
    this.kafka = kafka;
    this.topic = kafka.topic(topic);
    writing = Thread.ofPlatform().name("traffic-write").unstarted(this::write);
    reading = Thread.ofPlatform().name("traffic-read").unstarted(this::read);
  }

  static SteadyTraffic start(KafkaSettings kafka, Topic topic) {
    SteadyTraffic traffic = new SteadyTraffic(kafka, topic);
    traffic.reading.start();
    traffic.writing.start();
    return traffic;
  }

  private void write() {
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer(LINGER))) {
      for (int n = 0; isWriting; n++) {
        for (int key = 0; key < KEYS; key++) {
          send(producer, "call-" + key, n);
        }
        written = n + 1;
        LockSupport.parkNanos(ROUND.toNanos());
      }
    } catch (KafkaException e) {
      refused.add(e);
    }
  }

  private void send(Producer<byte[], byte[]> producer, String key, int n) {
    producer.send(
        new ProducerRecord<>(topic, bytes(key), bytes(key + "/" + n)),
        (_, failure) -> {
          if (failure != null) {
            refused.add(failure);
            return;
          }
          silence.end();
          acknowledged.merge(key, 1, Integer::sum);
          acknowledgements.incrementAndGet();
        });
  }

  private void read() {
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.member("steady-traffic"))) {
      consumer.subscribe(List.of(topic));
      long committed = System.nanoTime();
      while (isReading) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          readSilence.end();
          String before = read.putIfAbsent(place(record), text(record.value()));
          if (before != null && !before.equals(text(record.value()))) {
            readFailures.add(new IllegalStateException(place(record) + " changed: " + before));
          }
        }
        if (System.nanoTime() - committed > COMMIT_EVERY.toNanos()) {
          consumer.commitAsync();
          committed = System.nanoTime();
        }
      }
    } catch (KafkaException e) {
      readFailures.add(e);
    }
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "%d@%09d".formatted(record.partition(), record.offset());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Returns once many more records have been both acknowledged and read.
  void awaitMore(Duration patience) {
    long goal = acknowledgements.get() + MORE;
    int seen = read.size() + MORE;
    await().atMost(patience).until(() -> acknowledgements.get() >= goal && read.size() >= seen);
  }

  /// Returns once every record has been acknowledged or refused.
  void stopWriting() throws InterruptedException {
    isWriting = false;
    writing.join();
  }

  Queue<Exception> refused() {
    return refused;
  }

  /// The longest between two acknowledgements since the last question, whatever their keys.
  Duration longestSilence() {
    return silence.takeLongest();
  }

  /// The same between two records read.
  Duration longestReadSilence() {
    return readSilence.takeLongest();
  }

  void assertAllWasRead(Duration patience) {
    await()
        .atMost(patience)
        .untilAsserted(() -> assertThat(read).hasSize(Math.toIntExact(acknowledgements.get())));
    assertThat(readFailures).isEmpty();
  }

  /// The log from its beginning: each key's numbers, without a gap or a repetition, and at every
  /// place what was read there while brokers died.
  void assertLogHoldsEachKeyInOrder() {
    Map<String, String> log = new TreeMap<>();
    Map<String, List<String>> byKey = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          log.put(place(record), text(record.value()));
          byKey
              .computeIfAbsent(text(record.key()), _ -> new ArrayList<>())
              .add(text(record.value()));
        }
      }
    }
    assertThat(byKey).hasSize(KEYS).hasSameSizeAs(acknowledged);
    byKey.forEach((key, values) -> {
      List<String> wanted = new ArrayList<>();
      for (int n = 0; n < written; n++) {
        wanted.add(key + "/" + n);
      }
      assertThat(values).as(key).isEqualTo(wanted).hasSize(acknowledged.getOrDefault(key, 0));
    });
    assertThat(log).isEqualTo(read);
  }

  @Override
  public void close() throws InterruptedException {
    isWriting = false;
    isReading = false;
    writing.join();
    reading.join();
  }

  /// How long nothing happened. Safe from any thread.
  private static final class Silence {
    private long last = System.nanoTime();
    private long longest;

    synchronized void end() {
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
    }

    synchronized Duration takeLongest() {
      Duration taken = Duration.ofNanos(longest);
      longest = 0;
      return taken;
    }
  }
}
