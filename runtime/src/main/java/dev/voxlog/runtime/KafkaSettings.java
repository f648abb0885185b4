package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How to reach the cluster, and what things are called there.
///
/// `properties` are given to every Kafka client as they are (security, client ids, time-outs) and
/// win over the defaults; `topics` names every topic; `groupPrefix` stands before every stage's
/// group. `session` is the group session time in force, which the broker dictates under the
/// consumer protocol and the client asks for under the classic one.
public record KafkaSettings(
    String bootstrapServers,
    Map<String, String> properties,
    TopicCatalogue topics,
    String groupPrefix,
    GroupProtocol protocol,
    Duration session) {

  /// How far back a stage reads that has never committed: a first start does not answer calls of
  /// long ago.
  static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(5);

  /// How members of a stage's group agree on partitions.
  public enum GroupProtocol {
    /// Brokers from 4.0 on.
    CONSUMER,
    /// Older and foreign brokers.
    CLASSIC
  }

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap.servers is empty; name at least one broker, such as broker:9092");
    }
  }

  /// The embedded broker or any plain one: no prefix, the consumer protocol, sessions of a second.
  public static KafkaSettings local(String bootstrapServers) {
    return new KafkaSettings(
        bootstrapServers,
        Map.of(),
        TopicCatalogue.standard(),
        "voxlog-",
        GroupProtocol.CONSUMER,
        Duration.ofSeconds(1));
  }

  /// The physical name.
  public String topic(Topic topic) {
    return topics.name(topic);
  }

  public String group(String stage) {
    return groupPrefix + stage;
  }

  public Map<String, Object> admin() {
    return with(Map.of("bootstrap.servers", bootstrapServers));
  }

  /// A member of a stage's group: range assignment, so that it holds the same partitions of all its
  /// inputs.
  public Map<String, Object> member(String group) {
    Map<String, Object> config = reader();
    config.put("group.id", group);
    config.put("auto.offset.reset", "by_duration:" + FIRST_LOOK_BACK);
    // The poll loop never waits, so one that stands still for so long is broken: somebody else
    // takes over.
    config.put("max.poll.interval.ms", "10000");
    if (protocol == GroupProtocol.CONSUMER) {
      config.put("group.protocol", "consumer");
      config.put("group.remote.assignor", "range");
    } else {
      config.put(
          "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
      config.put("session.timeout.ms", Long.toString(session.toMillis()));
      // An answer counts two polls after it came, and for half a session (OwnershipWatch).
      config.put("heartbeat.interval.ms", Long.toString(session.toMillis() / 5));
    }
    config.putAll(properties);
    return config;
  }

  /// A reader outside any group.
  public Map<String, Object> reader() {
    return with(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "key.deserializer",
            ByteArrayDeserializer.class.getName(),
            "value.deserializer",
            ByteArrayDeserializer.class.getName(),
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            "false"));
  }

  /// A producer that shares requests for `linger`; idempotent and acknowledged by all replicas.
  public Map<String, Object> producer(Duration linger) {
    return with(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "key.serializer",
            ByteArraySerializer.class.getName(),
            "value.serializer",
            ByteArraySerializer.class.getName(),
            "linger.ms",
            Long.toString(linger.toMillis()),
            "acks",
            "all",
            "enable.idempotence",
            "true",
            "request.timeout.ms",
            "10000",
            "delivery.timeout.ms",
            "30000"));
  }

  private Map<String, Object> with(Map<String, ?> defaults) {
    Map<String, Object> config = new HashMap<>(defaults);
    config.putAll(properties);
    return config;
  }
}
