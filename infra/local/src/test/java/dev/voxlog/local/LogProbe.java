package dev.voxlog.local;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.serde.VoxlogDeserializer;
import dev.voxlog.schemas.serde.VoxlogSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes events to a cluster and reads whole topics, with nothing but ordinary Kafka clients.
final class LogProbe {
  private final Map<String, Object> clients;

  LogProbe(String bootstrapServers, String registryUrl) {
    clients = Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl);
  }

  /// Writes in this order and waits until the log has all.
  void write(List<? extends VoxEvent> events) throws Exception {
    Map<String, Object> config = new HashMap<>(clients);
    config.put("key.serializer", StringSerializer.class.getName());
    config.put("value.serializer", VoxlogSerializer.class.getName());
    try (KafkaProducer<String, VoxEvent> producer = new KafkaProducer<>(config)) {
      for (VoxEvent event : events) {
        CallId call = event.callId();
        String key = call == null ? null : call.value();
        producer
            .send(new ProducerRecord<>(Topic.of(event).id(), key == null ? 0 : null, key, event))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  List<? extends VoxEvent> events(Topic topic) {
    return read(topic.id(), VoxlogDeserializer.class).stream()
        .map(ConsumerRecord::value)
        .map(Decoded.class::cast)
        .map(decoded -> ((Decoded.Event<? extends VoxEvent>) decoded).event())
        .toList();
  }

  List<byte[]> values(Topic topic) {
    return read(topic.id(), ByteArrayDeserializer.class).stream()
        .map(record -> (byte[]) record.value())
        .toList();
  }

  private List<ConsumerRecord<String, Object>> read(
      String topic, Class<? extends Deserializer<?>> deserializer) {
    Map<String, Object> config = new HashMap<>(clients);
    config.put("key.deserializer", StringDeserializer.class.getName());
    config.put("value.deserializer", deserializer.getName());
    List<ConsumerRecord<String, Object>> records = new ArrayList<>();
    try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
