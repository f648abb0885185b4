package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.TopicSpec;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalClusterIT {
  private static final int RECORDS = 20;

  @TempDir private Path directory;

  @Test
  void noFirstRecordIsLostOnAnyPartitionOfTopicsJustCreated() throws Exception {
    TopicCatalogue catalogue =
        TopicCatalogue.from(Map.of("topics.prefix", "fresh.", "topics.partitions", "12"));
    try (LocalCluster cluster = LocalCluster.start(directory, catalogue)) {
      Map<String, Object> config = new HashMap<>(cluster.clients());
      config.put("key.serializer", ByteArraySerializer.class.getName());
      config.put("value.serializer", ByteArraySerializer.class.getName());
      config.put("linger.ms", "0");
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
        for (int i = 0; i < RECORDS; i++) {
          for (TopicSpec topic : catalogue.all()) {
            for (int p = 0; p < topic.partitions(); p++) {
              sent.add(
                  producer.send(new ProducerRecord<>(topic.name(), p, new byte[1], new byte[9])));
            }
          }
        }
        for (Future<RecordMetadata> each : sent) {
          assertThat(each.get(30, TimeUnit.SECONDS).hasOffset()).isTrue();
        }
      }
    }
  }

  @Test
  void everyEventTopicsSchemaIsRegisteredAndHeldToFullCompatibility() {
    try (LocalCluster cluster = LocalCluster.start(directory);
        SchemaRegistryClient registry =
            new SchemaRegistryClient(RegistrySettings.from(cluster.clients()))) {
      for (Topic topic : Topic.values()) {
        String subject = topic.id() + "-value";
        assertThat(registry.latest(subject).schema()).isEqualTo(TopicCodecs.of(topic).schema());
        assertThat(registry.compatibility(subject)).isEqualTo("FULL_TRANSITIVE");
      }
    }
  }
}
