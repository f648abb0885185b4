package dev.voxlog.cli.doctor;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.local.TopicFinding;
import dev.voxlog.local.TopicSetup;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.KafkaSettings.GroupProtocol;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/// A cluster: brokers, how fast they notice a dead worker, topics, registry.
public final class ClusterChecks {
  private final Cluster cluster;

  public ClusterChecks(Cluster cluster) {
    this.cluster = cluster;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    try {
      cluster.awaitBrokers();
      try (Admin admin = Admin.create(cluster.kafka().admin())) {
        findings.add(Finding.ok("brokers", cluster.bootstrapServers() + " answers"));
        findings.add(sessions(admin));
        findings.addAll(topics(admin));
      }
    } catch (IllegalStateException | KafkaException e) {
      findings.add(
          Finding.bad(
              "brokers",
              String.valueOf(e.getMessage()),
              "check kafka.bootstrap.servers, kafka.security.protocol and the network"));
    }
    findings.add(registry());
    return findings;
  }

  /// A member that dies silently keeps its partitions for as long as its session; until then nobody
  /// serves its calls.
  private Finding sessions(Admin admin) {
    KafkaSettings kafka = cluster.kafka();
    boolean isConsumer = kafka.protocol() == GroupProtocol.CONSUMER;
    String key = isConsumer ? "group.consumer.session.timeout.ms" : "group.min.session.timeout.ms";
    Optional<Duration> broker = brokerSetting(admin, key);
    if (broker.isEmpty()) {
      return Finding.note(
          "groups",
          "the brokers do not say what %s is".formatted(key),
          "brokers before 4.0 need groups.protocol=classic and groups.session=6s or what they allow");
    }
    String what =
        "%s is %d ms, groups.session %d ms"
            .formatted(key, broker.get().toMillis(), kafka.session().toMillis());
    if (isConsumer && broker.get().compareTo(Duration.ofSeconds(2)) > 0) {
      return Finding.note(
          "groups",
          what + ": a killed worker is noticed only then",
          "on the brokers set group.consumer.min.session.timeout.ms=500, group.consumer.session.timeout.ms=2000,"
              + " group.consumer.min.heartbeat.interval.ms=100, group.consumer.heartbeat.interval.ms=500; then set groups.session to match");
    }
    if (!isConsumer && broker.get().compareTo(kafka.session()) > 0) {
      return Finding.bad(
          "groups",
          what + ": the brokers refuse such short sessions",
          "set groups.session=%dms".formatted(broker.get().toMillis()));
    }
    return isConsumer && !broker.get().equals(kafka.session())
        ? Finding.bad(
            "groups",
            what + ": they must agree",
            "set groups.session=%dms".formatted(broker.get().toMillis()))
        : Finding.ok("groups", what);
  }

  private static Optional<Duration> brokerSetting(Admin admin, String key) {
    try {
      Node node = admin.describeCluster().nodes().get().iterator().next();
      ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      ConfigEntry entry = config == null ? null : config.get(key);
      return Optional.ofNullable(entry)
          .map(ConfigEntry::value)
          .map(value -> Duration.ofMillis(Long.parseLong(value)));
    } catch (ExecutionException | NumberFormatException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<Finding> topics(Admin admin) {
    List<TopicFinding> found = new TopicSetup(admin).plan(cluster.topics().all());
    if (found.isEmpty()) {
      return List.of(
          Finding.ok(
              "topics", "all %d are as they should be".formatted(cluster.topics().all().size())));
    }
    return found.stream()
        .map(finding ->
            finding instanceof TopicFinding.Missing || !finding.isRepairable()
                ? Finding.bad("topics", finding.problem(), finding.fix())
                : Finding.note("topics", finding.problem(), finding.fix()))
        .toList();
  }

  private Finding registry() {
    String fix = "start one (voxlog registry), or set schema.registry.url to yours";
    try (SchemaRegistryClient client =
        new SchemaRegistryClient(RegistrySettings.from(cluster.registry()))) {
      int subjects = client.subjects().size();
      return Finding.ok(
          "registry", "%s answers with %d subjects".formatted(cluster.registryUrl(), subjects));
    } catch (RuntimeException e) {
      return Finding.bad(
          "registry",
          "%s does not answer: %s".formatted(cluster.registryUrl(), e.getMessage()),
          fix);
    }
  }
}
