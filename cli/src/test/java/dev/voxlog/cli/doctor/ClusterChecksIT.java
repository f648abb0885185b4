package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real broker and registry, sound and with a fault each.
@OnCluster
@Timeout(180)
class ClusterChecksIT {
  @TempDir private static Path folder;
  private static TestCluster local;

  @BeforeAll
  static void start() {
    local = TestCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  private static List<Finding> found(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap.servers", local.bootstrapServers());
    keys.put("schema.registry.url", local.registryUrl());
    keys.putAll(more);
    return new ClusterChecks(new Cluster(Settings.of(keys))).all();
  }

  @Test
  void aSoundClusterHasNothingBadAndTellsItsVersionRoomAndSchemas() {
    assertThat(found(Map.of()))
        .noneMatch(finding -> finding.state() == State.BAD)
        .extracting(Finding::area)
        .contains("brokers", "groups", "replicas", "broker disk", "topics", "registry", "schemas");
    assertThat(found(Map.of()).getFirst().what())
        .contains("1 brokers")
        .contains("metadata.version");
  }

  @Test
  void aPrefixWithoutTopicsIsFoundTopicByTopic() {
    assertThat(found(Map.of("topics.prefix", "elsewhere.")))
        .filteredOn(finding -> finding.area().equals("topics"))
        .isNotEmpty()
        .allMatch(
            finding -> finding.state() == State.BAD && finding.fix().contains("topics apply"));
  }

  @Test
  void otherSessionsAndMoreReplicasThanBrokersAreBad() {
    assertThat(found(Map.of("groups.session", "1700ms", "topics.replication", "5")))
        .filteredOn(finding -> finding.state() == State.BAD)
        .extracting(Finding::area)
        .contains("groups", "replicas");
  }

  @Test
  void aBrokerThatIsNotThereKeepsTheRegistryFromNothing() {
    assertThat(found(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")))
        .extracting(Finding::area, Finding::state)
        .contains(tuple("brokers", State.BAD), tuple("registry", State.OK));
  }

  @Test
  void aBrokerThatSpeaksAnotherProtocolThanIsAskedForIsBad() {
    assertThat(found(Map.of("kafka.security.protocol", "SSL")))
        .filteredOn(finding -> finding.area().equals("brokers"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.state()).isEqualTo(State.BAD);
          assertThat(finding.fix()).contains("kafka.s");
        });
  }
}
