package dev.voxlog.local;

import dev.voxlog.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Compares a cluster's topics with what they should be, and puts right what can be.
///
/// Applying ends only when every partition answers for its latest offset: before that an idempotent
/// producer's first batch can be refused and its first records lost for good (KAFKA-15591). All
/// methods throw KafkaException.
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Admin admin;

  /// The client stays the caller's to close.
  public TopicSetup(Admin admin) {
    this.admin = admin;
  }

  /// What stands between the cluster and the wish, in the order of the wish. Empty when all is
  /// well.
  public List<TopicFinding> plan(List<TopicSpec> wanted) {
    Set<String> existing = join("list topics", () -> admin.listTopics().names().get());
    List<String> present = wanted.stream().map(TopicSpec::name).filter(existing::contains).toList();
    Map<String, TopicDescription> descriptions =
        join("describe topics", () -> admin.describeTopics(present).allTopicNames().get());
    Map<ConfigResource, Config> configs =
        join(
            "read the topics' settings",
            () ->
                admin
                    .describeConfigs(present.stream().map(TopicSetup::resource).toList())
                    .all()
                    .get());
    List<TopicFinding> findings = new ArrayList<>();
    for (TopicSpec spec : wanted) {
      TopicDescription found = descriptions.get(spec.name());
      Config config = configs.get(resource(spec.name()));
      if (found == null || config == null) {
        findings.add(new TopicFinding.Missing(spec));
      } else {
        compare(spec, found, config, findings);
      }
    }
    return findings;
  }

  private static void compare(
      TopicSpec spec, TopicDescription found, Config config, List<TopicFinding> findings) {
    int partitions = found.partitions().size();
    if (partitions != spec.partitions()) {
      findings.add(new TopicFinding.Partitions(spec, partitions));
    }
    int replicas = found.partitions().getFirst().replicas().size();
    if (spec.replication() > 0 && replicas != spec.replication()) {
      findings.add(new TopicFinding.Replication(spec, replicas));
    }
    new TreeMap<>(spec.configs())
        .forEach((key, wanted) -> {
          ConfigEntry entry = config.get(key);
          String actual = entry == null || entry.value() == null ? "(unset)" : entry.value();
          if (!wanted.equals(actual)) {
            findings.add(new TopicFinding.Setting(spec, key, wanted, actual));
          }
        });
  }

  /// Creates what is missing, corrects settings, and waits until every partition can be written.
  /// Gives the findings it must leave to people.
  public List<TopicFinding> apply(List<TopicSpec> wanted) {
    List<TopicFinding> findings = plan(wanted);
    boolean isCreatedByOthers = create(findings);
    correct(findings);
    awaitWritable(wanted);
    if (isCreatedByOthers) {
      // They may want other topics.
      return apply(wanted);
    }
    return findings.stream().filter(finding -> !finding.isRepairable()).toList();
  }

  /// Whether others have created some of what was missing.
  private boolean create(List<TopicFinding> findings) {
    List<NewTopic> missing = new ArrayList<>();
    for (TopicFinding finding : findings) {
      if (finding instanceof TopicFinding.Missing(TopicSpec spec)) {
        missing.add(
            new NewTopic(spec.name(), spec.partitions(), spec.replication())
                .configs(spec.configs()));
      }
    }
    boolean isCreatedByOthers = false;
    for (var created : admin.createTopics(missing).values().entrySet()) {
      isCreatedByOthers |= !isOurs(created.getKey(), created.getValue());
    }
    return isCreatedByOthers;
  }

  private static boolean isOurs(String topic, KafkaFuture<Void> created) {
    try {
      created.get();
      return true;
    } catch (ExecutionException e) {
      // Another node's start may have been a moment faster.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("create topic " + topic, e);
      }
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void correct(List<TopicFinding> findings) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (TopicFinding finding : findings) {
      if (finding
          instanceof TopicFinding.Setting(TopicSpec spec, String key, String value, String _)) {
        changes
            .computeIfAbsent(resource(spec.name()), _ -> new ArrayList<>())
            .add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
      }
    }
    if (!changes.isEmpty()) {
      join("change the topics' settings", () -> admin.incrementalAlterConfigs(changes).all().get());
    }
  }

  private void awaitWritable(List<TopicSpec> topics) {
    List<String> names = topics.stream().map(TopicSpec::name).toList();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    patiently(() -> admin.describeTopics(names).allTopicNames().get())
        .forEach((name, found) ->
            found
                .partitions()
                .forEach(
                    p -> latest.put(new TopicPartition(name, p.partition()), OffsetSpec.latest())));
    patiently(() -> admin.listOffsets(latest).all().get());
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  /// Asks again while the cluster has not got so far yet.
  private static <T> T patiently(Question<T> question) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return join("find the new topics", question);
      } catch (KafkaException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > until) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static <T> T join(String what, Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw failure(what, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static KafkaException failure(String what, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new KafkaException("cannot " + what + ": " + cause.getMessage(), cause);
  }
}
