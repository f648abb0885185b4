package dev.voxlog.schemas;

import java.util.Map;

/// A topic as it should be on the cluster. `replication` −1 leaves it to the broker.
public record TopicSpec(
    String name, int partitions, short replication, Map<String, String> configs) {
  public TopicSpec {
    configs = Map.copyOf(configs);
  }
}
