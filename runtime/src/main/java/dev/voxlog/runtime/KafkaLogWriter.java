package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes through two producers: audio lingers a few milliseconds to share requests, text goes at once. Safe from any thread.
final class KafkaLogWriter implements LogWriter {
  private static final Logger log = LoggerFactory.getLogger(KafkaLogWriter.class);

  private final StageName stage;
  private final Producer<byte[], byte[]> audio;
  private final Producer<byte[], byte[]> text;
  private final LogCodec codec;
  private final TopicNames names;
  private final String deadLetterTopic;
  private final Map<String, AtomicLong> deadLetters = new ConcurrentHashMap<>();

  KafkaLogWriter(
      StageName stage,
      Producers producers,
      LogCodec codec,
      TopicNames names,
      String deadLetterTopic) {
    this.stage = stage;
    this.audio = producers.audio();
    this.text = producers.text();
    this.codec = codec;
    this.names = names;
    this.deadLetterTopic = deadLetterTopic;
  }

  /// The stage's producers; both may be the same one.
  record Producers(Producer<byte[], byte[]> audio, Producer<byte[], byte[]> text) {}

  @Override
  public CompletableFuture<Long> write(
      Topic topic, int partition, CallId call, VoxEvent event, Origin origin) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            names.of(topic), partition, key(call), codec.encode(event));
    Headers headers = record.headers();
    LogHeaders.epoch(headers, origin.epoch());
    if (!topic.isAudio()) {
      if (origin.cause() != null) {
        LogHeaders.cause(headers, origin.cause(), partition);
      }
      if (origin.seen() != null) {
        LogHeaders.seen(headers, origin.seen(), origin.inputs(), origin.cause());
      }
    }
    return send(topic.isAudio() ? audio : text, record);
  }

  @Override
  public CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(names.of(topic), partition, null, codec.encode(owner));
    if (epoch >= 0) {
      LogHeaders.epoch(record.headers(), epoch);
    }
    return send(topic.isAudio() ? audio : text, record);
  }

  private static byte[] key(CallId call) {
    return call.value().getBytes(StandardCharsets.UTF_8);
  }

  private CompletableFuture<Long> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Long> written = new CompletableFuture<>();
    try {
      producer.send(
          record,
          (metadata, failure) -> {
            if (failure == null) {
              written.complete(metadata.offset());
            } else {
              log.error("{} could not write to {}: {}", stage.id(), record.topic(), failure.toString());
              written.completeExceptionally(failure);
            }
          });
    } catch (RuntimeException e) {
      log.error("{} could not write to {}: {}", stage.id(), record.topic(), e.toString());
      written.completeExceptionally(e);
    }
    return written;
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    String what = letter.call() + " " + letter.reason();
    long count =
        deadLetters.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
    log.warn(
        "{} put {}/{}/{} aside: {} (no. {} of its call)",
        stage.id(),
        letter.topic().id(),
        letter.partition(),
        letter.offset(),
        letter.reason(),
        count);
    if (count > 1 && letter.call() != null) {
      return;
    }
    byte @Nullable [] key = letter.call() == null ? null : key(letter.call());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(deadLetterTopic, null, key, letter.raw());
    header(record, "stage", stage.id());
    header(record, "reason", letter.reason());
    header(record, "origin", letter.topic().id() + "/" + letter.partition() + "/" + letter.offset());
    CompletableFuture<Long> unused = send(text, record);
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {
    audio.flush();
    text.flush();
  }

  @Override
  public void close() {
    audio.close(Duration.ofSeconds(3));
    text.close(Duration.ofSeconds(3));
  }
}
