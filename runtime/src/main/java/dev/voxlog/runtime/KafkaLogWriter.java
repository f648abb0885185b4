package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes through two producers: audio lingers a few milliseconds to share requests, text as long
/// as its stage says, mostly not at all.
///
/// Threads: any. A full buffer makes the writing call's own thread wait, and no other.
final class KafkaLogWriter implements LogWriter {
  private static final Logger log = LoggerFactory.getLogger(KafkaLogWriter.class);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final StageName stage;
  private final Producers producers;
  private final LogCodec codec;
  private final TopicCatalogue topics;
  private final DeadLetters deadLetters;

  KafkaLogWriter(StageName stage, Producers producers, LogCodec codec, TopicCatalogue topics) {
    this.stage = stage;
    this.producers = producers;
    this.codec = codec;
    this.topics = topics;
    this.deadLetters =
        new DeadLetters(stage, producers.text(), topics.name(TopicCatalogue.DEAD_LETTERS));
  }

  /// The stage's producers; both may be the same one.
  record Producers(Producer<byte[], byte[]> audio, Producer<byte[], byte[]> text) {
    Producer<byte[], byte[]> of(Topic topic) {
      return topic.isAudio() ? audio : text;
    }
  }

  @Override
  public CompletableFuture<Long> write(
      Topic topic, int partition, CallId call, VoxEvent event, Origin origin) {
    return send(topic, partition, key(call), event, headers -> headers(headers, topic, origin));
  }

  private static void headers(Headers headers, Topic topic, Origin origin) {
    WireHeaders.epoch(headers, origin.epoch());
    if (topic.isAudio()) {
      return;
    }
    if (origin.cause() != null) {
      WireHeaders.cause(headers, origin.cause());
    }
    WireHeaders.seen(headers, origin.seen());
    if (origin.traceparent() != null) {
      WireHeaders.traceparent(headers, origin.traceparent());
    }
  }

  @Override
  public CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch) {
    return send(
        topic,
        partition,
        null,
        owner,
        headers -> {
          if (epoch != WireHeaders.NO_EPOCH) {
            WireHeaders.epoch(headers, epoch);
          }
        });
  }

  private static byte[] key(CallId call) {
    return call.value().getBytes(StandardCharsets.UTF_8);
  }

  /// Puts a record's headers on.
  private interface Labelling {
    void on(Headers headers);
  }

  private CompletableFuture<Long> send(
      Topic topic, int partition, byte @Nullable [] key, VoxEvent event, Labelling labelling) {
    try {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topics.name(topic), partition, key, codec.encode(event));
      labelling.on(record.headers());
      return send(producers.of(topic), record);
    } catch (RuntimeException e) {
      return failed(topics.name(topic), e);
    }
  }

  private CompletableFuture<Long> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Long> written = new CompletableFuture<>();
    var _ =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                written.complete(metadata.offset());
              } else {
                failed(record.topic(), failure)
                    .whenComplete((_, e) -> written.completeExceptionally(e));
              }
            });
    return written;
  }

  private CompletableFuture<Long> failed(String topic, Exception failure) {
    log.error("{} could not write to {}: {}", stage.id(), topic, FailureTrace.classes(failure));
    return CompletableFuture.failedFuture(failure);
  }

  @Override
  public CompletableFuture<Void> deadLetter(DeadLetter letter) {
    return deadLetters.put(letter);
  }

  @Override
  public void close() {
    deadLetters.close();
    producers.audio().close(CLOSING);
    producers.text().close(CLOSING);
  }
}
