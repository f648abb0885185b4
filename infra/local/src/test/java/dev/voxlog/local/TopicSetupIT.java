package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TopicSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicSetupIT {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker(directory, 0, Map.of());
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  private static TopicSpec topic(String name, Map<String, String> configs) {
    return new TopicSpec(name, 2, (short) 1, configs);
  }

  @Test
  void thePlanNamesEveryTopicOfTheCatalogueAndAfterApplyingNothing() {
    List<TopicSpec> wanted = TopicCatalogue.from(Map.of("topics.prefix", "plan.")).all();
    TopicSetup setup = new TopicSetup(admin);

    assertThat(setup.plan(wanted))
        .hasSize(wanted.size())
        .allSatisfy(finding -> assertThat(finding).isInstanceOf(TopicFinding.Missing.class));
    assertThat(setup.plan(wanted).getFirst().problem()).contains("plan.audio.in is missing");

    assertThat(setup.apply(wanted)).isEmpty();
    assertThat(setup.plan(wanted)).isEmpty();
  }

  @Test
  void aSettingThatDiffersIsNamedWithItsFixAndCorrected() {
    TopicSetup setup = new TopicSetup(admin);
    setup.apply(List.of(topic("drifted", Map.of("retention.ms", "1000"))));
    List<TopicSpec> wanted = List.of(topic("drifted", Map.of("retention.ms", "2000")));

    assertThat(setup.plan(wanted))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.problem()).isEqualTo("drifted has retention.ms=1000, not 2000");
          assertThat(finding.fix()).contains("voxlog topics apply");
        });
    assertThat(setup.apply(wanted)).isEmpty();
    assertThat(setup.plan(wanted)).isEmpty();
  }

  @Test
  void aPartitionCountIsNeverChangedButNamedWithItsFix() throws Exception {
    admin.createTopics(List.of(new NewTopic("narrow", 1, (short) 1))).all().get();

    List<TopicFinding> left = new TopicSetup(admin).apply(List.of(topic("narrow", Map.of())));

    assertThat(left)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.problem()).isEqualTo("narrow has 1 partitions, not 2");
          assertThat(finding.fix()).contains("topics.partitions=1").contains("topics.prefix");
        });
    assertThat(new TopicSetup(admin).plan(List.of(topic("narrow", Map.of())))).isEqualTo(left);
  }

  @Test
  void aReplicationThatDiffersIsNamedAndOneLeftToTheBrokerNeverDiffers() {
    TopicSetup setup = new TopicSetup(admin);
    setup.apply(List.of(topic("alone", Map.of())));

    assertThat(setup.plan(List.of(new TopicSpec("alone", 2, (short) 3, Map.of()))))
        .extracting(TopicFinding::problem)
        .containsExactly("alone has 1 replicas, not 3");
    assertThat(setup.plan(List.of(new TopicSpec("alone", 2, (short) -1, Map.of())))).isEmpty();
  }

  @Test
  void aRefusedTopicIsNamedWithTheClustersReason() {
    TopicSpec impossible = new TopicSpec("impossible", 1, (short) 5, Map.of());

    assertThatThrownBy(() -> new TopicSetup(admin).apply(List.of(impossible)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("cannot create topic impossible")
        .hasMessageContaining("replication factor");
  }
}
