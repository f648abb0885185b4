package dev.voxlog.local;

import dev.voxlog.schemas.TopicSpec;
import java.util.Map;
import java.util.TreeMap;

/// One way in which a cluster's topics are not as the catalogue says.
public sealed interface TopicFinding {
  TopicSpec topic();

  /// What is wrong, in a line.
  String problem();

  /// What to do about it, in a line.
  String fix();

  /// Whether [TopicSetup#apply] puts it right.
  default boolean isRepairable() {
    return true;
  }

  /// The topic is not there.
  record Missing(TopicSpec topic) implements TopicFinding {
    @Override
    public String problem() {
      Map<String, String> configs = new TreeMap<>(topic.configs());
      return "%s is missing: %d partitions %s".formatted(topic.name(), topic.partitions(), configs);
    }

    @Override
    public String fix() {
      return "voxlog topics apply creates it";
    }
  }

  /// A setting has another value; `actual` is what the cluster uses.
  record Setting(TopicSpec topic, String key, String wanted, String actual)
      implements TopicFinding {
    @Override
    public String problem() {
      return "%s has %s=%s, not %s".formatted(topic.name(), key, actual, wanted);
    }

    @Override
    public String fix() {
      return "voxlog topics apply sets it; to keep %s, configure it as the topic's config.%s"
          .formatted(actual, key);
    }
  }

  /// The partition count differs. It decides on which partition a call lies, so it is never
  /// changed.
  record Partitions(TopicSpec topic, int actual) implements TopicFinding {
    @Override
    public String problem() {
      return "%s has %d partitions, not %d".formatted(topic.name(), actual, topic.partitions());
    }

    @Override
    public String fix() {
      return "the count is fixed for the life of a prefix: configure topics.partitions=%d, or another topics.prefix"
          .formatted(actual);
    }

    @Override
    public boolean isRepairable() {
      return false;
    }
  }

  /// The replication factor differs.
  record Replication(TopicSpec topic, int actual) implements TopicFinding {
    @Override
    public String problem() {
      return "%s has %d replicas, not %d".formatted(topic.name(), actual, topic.replication());
    }

    @Override
    public String fix() {
      return "move replicas with kafka-reassign-partitions, or configure topics.replication=%d"
          .formatted(actual);
    }

    @Override
    public boolean isRepairable() {
      return false;
    }
  }
}
