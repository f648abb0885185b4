package dev.voxlog.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.TopicSpec;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every integration test takes for granted of its cluster, wherever that comes from.
@OnCluster
@Timeout(300)
class TestClusterIT {
  @TempDir private static Path directory;

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(directory);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everyTopicHasItsPartitionsAndTakesRecords() throws Exception {
    TopicCatalogue catalogue = cluster.catalogue();
    Map<String, Object> keys = Map.of("bootstrap.servers", cluster.bootstrapServers());
    try (Admin admin = Admin.create(keys);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(keys, new ByteArraySerializer(), new ByteArraySerializer())) {
      Map<String, Integer> partitions =
          admin
              .describeTopics(catalogue.all().stream().map(TopicSpec::name).toList())
              .allTopicNames()
              .get(60, TimeUnit.SECONDS)
              .values()
              .stream()
              .collect(Collectors.toMap(TopicDescription::name, each -> each.partitions().size()));
      for (TopicSpec topic : catalogue.all()) {
        assertThat(partitions).containsEntry(topic.name(), topic.partitions());
        assertThat(
                producer
                    .send(new ProducerRecord<>(topic.name(), new byte[1], new byte[9]))
                    .get(60, TimeUnit.SECONDS)
                    .hasOffset())
            .isTrue();
      }
    }
  }

  @Test
  void everySchemaIsRegisteredAndHeldToFullCompatibility() {
    try (SchemaRegistryClient registry =
        new SchemaRegistryClient(RegistrySettings.from(cluster.clients()))) {
      for (Topic topic : Topic.values()) {
        String subject = topic.id() + "-value";
        assertThat(registry.latest(subject).schema()).isEqualTo(TopicCodecs.of(topic).schema());
        assertThat(registry.compatibility(subject)).isEqualTo("FULL_TRANSITIVE");
      }
    }
  }
}
