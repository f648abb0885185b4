package dev.voxlog.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates topics and checks them.
///
/// Creating ends only when every partition answers for its latest offset: before that an idempotent producer's first batch
/// can be refused and its first records lost for good (KAFKA-15591).
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Admin admin;

  public TopicSetup(Admin admin) {
    this.admin = admin;
  }

  /// A topic as it should be. `replication` −1 leaves it to the broker.
  public record TopicSpec(String name, int partitions, short replication, Map<String, String> configs) {
    public TopicSpec {
      configs = Map.copyOf(configs);
    }
  }

  /// What stands between the cluster and the wish: one line for each topic that is missing or differs. Empty when all is well.
  public List<String> plan(List<TopicSpec> wanted) {
    Set<String> existing = join(() -> admin.listTopics().names().get());
    List<String> findings = new ArrayList<>();
    List<TopicSpec> present = new ArrayList<>();
    for (TopicSpec spec : wanted) {
      if (existing.contains(spec.name())) {
        present.add(spec);
      } else {
        findings.add(
            "create %s with %d partitions %s".formatted(spec.name(), spec.partitions(), spec.configs()));
      }
    }
    findings.addAll(differences(present));
    return findings;
  }

  private List<String> differences(List<TopicSpec> present) {
    List<String> names = present.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> found = join(() -> admin.describeTopics(names).allTopicNames().get());
    List<String> findings = new ArrayList<>();
    for (TopicSpec spec : present) {
      int partitions = found.get(spec.name()).partitions().size();
      if (partitions != spec.partitions()) {
        findings.add(
            "%s has %d partitions, not %d: the count is fixed for the life of a prefix; use a new prefix, or configure %d"
                .formatted(spec.name(), partitions, spec.partitions(), partitions));
      }
      findings.addAll(configDifferences(spec));
    }
    return findings;
  }

  private List<String> configDifferences(TopicSpec spec) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    var config = join(() -> admin.describeConfigs(List.of(resource)).all().get()).get(resource);
    List<String> findings = new ArrayList<>();
    spec.configs()
        .forEach(
            (key, value) -> {
              String actual = config.get(key) == null ? "unset" : config.get(key).value();
              if (!value.equals(actual)) {
                findings.add("%s has %s=%s, not %s".formatted(spec.name(), key, actual, value));
              }
            });
    return findings;
  }

  /// Creates what is missing and waits until every partition can be written. What exists is left as it is.
  public void apply(List<TopicSpec> wanted) {
    Set<String> existing = join(() -> admin.listTopics().names().get());
    List<NewTopic> missing =
        wanted.stream()
            .filter(spec -> !existing.contains(spec.name()))
            .map(spec -> new NewTopic(spec.name(), spec.partitions(), spec.replication()).configs(spec.configs()))
            .toList();
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (topic, created) -> {
              try {
                created.get();
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw new IllegalStateException("cannot create topic " + topic + ": " + e.getCause().getMessage(), e);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    awaitWritable(wanted);
  }

  private void awaitWritable(List<TopicSpec> topics) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicSpec spec : topics) {
      int partitions = partitions(spec);
      for (int p = 0; p < partitions; p++) {
        latest.put(new TopicPartition(spec.name(), p), OffsetSpec.latest());
      }
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        admin.listOffsets(latest).all().get();
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("topics were created but cannot be written: " + e.getCause().getMessage(), e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private int partitions(TopicSpec spec) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return admin.describeTopics(List.of(spec.name())).allTopicNames().get().get(spec.name()).partitions().size();
      } catch (ExecutionException e) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("cannot describe topic " + spec.name() + ": " + e.getCause().getMessage(), e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private interface Asking<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T join(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster does not answer: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
