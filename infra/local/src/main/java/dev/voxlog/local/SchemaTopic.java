package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The registry's one compacted topic: a record for each subject and version, and for each
/// compatibility level.
///
/// There is one writer: who begins to write fences whoever wrote before, and must first read what
/// they wrote, so that no id is ever given twice. The same holds after a write whose end is
/// unknown. Blocking; used by the registry's one thread.
final class SchemaTopic implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> clients;
  private final String name;
  private final TopicPartition only;
  private long next;
  private @Nullable KafkaProducer<byte[], byte[]> writer;

  SchemaTopic(Map<String, Object> clients, String name) {
    this.clients = Map.copyOf(clients);
    this.name = name;
    this.only = new TopicPartition(name, 0);
    try (Admin admin = Admin.create(this.clients)) {
      new TopicSetup(admin)
          .apply(List.of(new TopicSpec(name, 1, (short) -1, Map.of("cleanup.policy", "compact"))));
    }
  }

  /// The decision to be written was taken without knowing all of the topic: read on and decide
  /// again.
  static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Tells every change not yet told, to what is the end now.
  void catchUp(Consumer<JsonNode> changes) {
    Map<String, Object> config = new HashMap<>(clients);
    config.put("key.deserializer", ByteArrayDeserializer.class.getName());
    config.put("value.deserializer", ByteArrayDeserializer.class.getName());
    config.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      consumer.assign(List.of(only));
      consumer.seek(only, next);
      long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
      while (consumer.position(only) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          tell(record, changes);
        }
      }
      next = consumer.position(only);
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record, Consumer<JsonNode> changes) {
    try {
      changes.accept(JSON.readTree(record.value()));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s holds records of another program (offset %d); give the registry another topic"
              .formatted(name, record.offset()),
          e);
    }
  }

  /// Appends a change and waits until the log has it.
  ///
  /// @throws OvertakenException if the caller must catch up before it decides
  void append(ObjectNode change) {
    if (writer == null) {
      writer = newWriter();
      throw new OvertakenException();
    }
    String key =
        change.get("kind").asText()
            + "/"
            + change.path("version").asInt()
            + "/"
            + change.get("subject").asText();
    try {
      writer.beginTransaction();
      writer.send(
          new ProducerRecord<>(
              name, 0, key.getBytes(StandardCharsets.UTF_8), JSON.writeValueAsBytes(change)));
      writer.commitTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      forgetWriter();
      throw new OvertakenException();
    } catch (KafkaException e) {
      forgetWriter();
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KafkaProducer<byte[], byte[]> newWriter() {
    Map<String, Object> config = new HashMap<>(clients);
    config.put("transactional.id", "voxlog-registry-" + name);
    config.put("key.serializer", ByteArraySerializer.class.getName());
    config.put("value.serializer", ByteArraySerializer.class.getName());
    config.put("max.block.ms", "10000");
    config.put("request.timeout.ms", "5000");
    config.put("delivery.timeout.ms", "10000");
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config);
    try {
      producer.initTransactions();
      return producer;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private void forgetWriter() {
    if (writer != null) {
      writer.close(Duration.ZERO);
      writer = null;
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close(Duration.ofSeconds(2));
      writer = null;
    }
  }
}
