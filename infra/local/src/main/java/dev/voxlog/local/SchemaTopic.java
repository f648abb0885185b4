package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The registry's one compacted topic: a record for each subject and version, and for each compatibility level.
///
/// Blocking; used by the registry's one thread.
final class SchemaTopic implements AutoCloseable {
  static final String NAME = "_voxlog_schemas";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> clients;
  private final KafkaProducer<byte[], byte[]> producer;

  SchemaTopic(Map<String, Object> clients) {
    this.clients = Map.copyOf(clients);
    try (Admin admin = Admin.create(this.clients)) {
      new TopicSetup(admin)
          .apply(List.of(new TopicSetup.TopicSpec(NAME, 1, (short) -1, Map.of("cleanup.policy", "compact"))));
    }
    Map<String, Object> config = new HashMap<>(this.clients);
    config.put("acks", "all");
    config.put("key.serializer", ByteArraySerializer.class.getName());
    config.put("value.serializer", ByteArraySerializer.class.getName());
    producer = new KafkaProducer<>(config);
  }

  /// Tells every change from the beginning to what is the end now.
  void replay(Consumer<JsonNode> changes) {
    Map<String, Object> config = new HashMap<>(clients);
    config.put("key.deserializer", ByteArrayDeserializer.class.getName());
    config.put("value.deserializer", ByteArrayDeserializer.class.getName());
    TopicPartition only = new TopicPartition(NAME, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
      while (consumer.position(only) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> changes.accept(parse(record.value())));
      }
    }
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(NAME + " holds a record that is no JSON", e);
    }
  }

  /// Appends a change and waits until the log has it.
  void append(ObjectNode change) {
    String key = change.get("kind").asText() + " " + change.get("subject").asText() + " " + change.path("version").asText();
    try {
      producer
          .send(
              new ProducerRecord<>(
                  NAME, 0, key.getBytes(StandardCharsets.UTF_8), JSON.writeValueAsBytes(change)))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (IOException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("the log cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
