package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalClusterIT {
  @Test
  void everyTopicTakesRecordsAndEverySchemaHasAnIdOnceItIsUp(@TempDir Path directory) throws Exception {
    long began = System.nanoTime();
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      System.out.println((System.nanoTime() - began) / 1_000_000);
    }
    began = System.nanoTime();
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      System.out.println((System.nanoTime() - began) / 1_000_000);
      began = System.nanoTime();
    }
      System.out.println((System.nanoTime() - began) / 1_000_000);
  }
}
