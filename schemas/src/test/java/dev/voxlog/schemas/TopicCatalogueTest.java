package dev.voxlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  @Test
  void everyTopicIsThereWithOnePartitionCountButForTheAgentFiles() {
    TopicCatalogue catalogue = TopicCatalogue.standard();

    assertThat(catalogue.all()).hasSize(10);
    for (Topic topic : Topic.values()) {
      assertThat(catalogue.name(topic)).isEqualTo(topic.id());
      assertThat(catalogue.spec(topic.id()).partitions()).isEqualTo(6);
      assertThat(catalogue.spec(topic.id()).configs()).containsEntry("cleanup.policy", "delete");
    }
    assertThat(catalogue.spec("agents").configs()).containsEntry("cleanup.policy", "compact");
    assertThat(catalogue.spec("agents").partitions()).isEqualTo(1);
    assertThat(catalogue.name(TopicCatalogue.DEAD_LETTERS)).isEqualTo("dlq");
  }

  @Test
  void keysNameAndSetUpTopics() {
    TopicCatalogue catalogue =
        TopicCatalogue.from(
            Map.of(
                "topics.prefix", "acme-",
                "topics.partitions", "12",
                "topics.replication", "3",
                "topics.config.min.insync.replicas", "2",
                "topics.audio.in.name", "caller-audio",
                "topics.audio.in.config.retention.ms", "60000",
                "bootstrap.servers", "not ours"));

    TopicSpec audio = catalogue.spec("audio.in");
    assertThat(audio.name()).isEqualTo("caller-audio");
    assertThat(audio.partitions()).isEqualTo(12);
    assertThat(audio.replication()).isEqualTo((short) 3);
    assertThat(audio.configs())
        .containsEntry("retention.ms", "60000")
        .containsEntry("min.insync.replicas", "2");
    assertThat(catalogue.name(Topic.CALLS)).isEqualTo("acme-calls");
  }

  @Test
  void wrongKeysAreRefusedWithTheReason() {
    refused(Map.of("topics.partitions", "0"), "topics.partitions", "1 to 10000");
    refused(Map.of("topics.prefix", "a b"), "topics.prefix", "letters");
    refused(Map.of("topics.audio.inn.name", "x"), "topics.audio.inn.name", "audio.in");
    refused(Map.of("topics.calls.name", "turns"), "turns", "already");
  }

  private static void refused(Map<String, String> keys, String... parts) {
    assertThatThrownBy(() -> TopicCatalogue.from(keys))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(parts);
  }
}
