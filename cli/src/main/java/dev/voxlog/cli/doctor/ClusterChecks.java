package dev.voxlog.cli.doctor;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.local.TopicFinding;
import dev.voxlog.local.TopicSetup;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// A cluster: brokers, how fast they notice a dead worker, topics, registry.
public final class ClusterChecks {
  private final Cluster cluster;

  public ClusterChecks(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Blocks for some seconds at most for each part that does not answer.
  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    try {
      cluster.awaitBrokers();
      try (Admin admin = Admin.create(cluster.kafka().admin())) {
        findings.addAll(Guard.look("brokers", () -> brokers(admin)));
        findings.addAll(Guard.look("topics", () -> topics(admin)));
      }
    } catch (IllegalStateException | KafkaException e) {
      findings.add(Finding.bad("brokers", KafkaFault.reason(e), KafkaFault.fix(e)));
    }
    findings.addAll(Guard.look("registry", () -> new RegistryChecks(cluster).all()));
    return findings;
  }

  private List<Finding> brokers(Admin admin) {
    TopicSetup setup = new TopicSetup(admin);
    List<TopicSpec> wanted = cluster.topics().all();
    List<TopicSpec> missing =
        setup.plan(wanted).stream()
            .filter(finding -> finding instanceof TopicFinding.Missing)
            .map(TopicFinding::topic)
            .toList();
    List<String> there =
        wanted.stream().filter(spec -> !missing.contains(spec)).map(TopicSpec::name).toList();
    BrokerFacts facts = new BrokerReader(admin).read(there, cluster.topics().name(Topic.CALLS));
    return new BrokerChecks(cluster.kafka(), facts).all(Instant.now());
  }

  private List<Finding> topics(Admin admin) {
    return topics(
        new TopicSetup(admin).plan(cluster.topics().all()), cluster.topics().all().size());
  }

  static List<Finding> topics(List<TopicFinding> found, int wanted) {
    if (found.isEmpty()) {
      return List.of(Finding.ok("topics", "all %d are as they should be".formatted(wanted)));
    }
    return found.stream()
        .map(finding ->
            finding instanceof TopicFinding.Missing || !finding.isRepairable()
                ? Finding.bad("topics", finding.problem(), finding.fix())
                : Finding.note("topics", finding.problem(), finding.fix()))
        .toList();
  }
}
