package dev.voxlog.cli.doctor;

import dev.voxlog.cli.doctor.BrokerFacts.Room;
import dev.voxlog.cli.doctor.BrokerFacts.TopicFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/// Asks a cluster about itself; changes nothing. What it may not be asked, or does not know, stays
/// empty.
final class BrokerReader {
  private final Admin admin;

  BrokerReader(Admin admin) {
    this.admin = admin;
  }

  /// `topics` that are there, and the one of the calls.
  ///
  /// @throws KafkaException if the cluster does not even name its brokers
  BrokerFacts read(List<String> topics, String calls) {
    Collection<Node> nodes = required(() -> admin.describeCluster().nodes().get());
    Map<String, TopicDescription> described =
        asked(() -> admin.describeTopics(topics).allTopicNames().get()).orElse(Map.of());
    return new BrokerFacts(
        nodes.size(),
        features(),
        config(ConfigResource.Type.BROKER, nodes.iterator().next().idString()),
        topics(described),
        room(nodes),
        described.containsKey(calls) ? newest(described.get(calls)) : Optional.empty());
  }

  private Map<String, Integer> features() {
    Map<String, Integer> levels = new HashMap<>();
    asked(() -> admin.describeFeatures().featureMetadata().get())
        .ifPresent(told ->
            told.finalizedFeatures()
                .forEach((name, range) -> levels.put(name, (int) range.maxVersionLevel())));
    return levels;
  }

  private Map<String, String> config(ConfigResource.Type type, String name) {
    ConfigResource resource = new ConfigResource(type, name);
    Map<String, String> values = new HashMap<>();
    asked(() -> admin.describeConfigs(List.of(resource)).all().get())
        .map(all -> all.getOrDefault(resource, new Config(List.of())))
        .ifPresent(config -> {
          for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
              values.put(entry.name(), entry.value());
            }
          }
        });
    return values;
  }

  private Map<String, TopicFacts> topics(Map<String, TopicDescription> described) {
    Map<String, TopicFacts> facts = new HashMap<>();
    described.forEach((name, topic) -> {
      List<TopicPartitionInfo> partitions = topic.partitions();
      String least =
          config(ConfigResource.Type.TOPIC, name)
              .getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "0");
      facts.put(
          name,
          new TopicFacts(
              partitions.getFirst().replicas().size(),
              count(partitions, each -> each.isr().size() < each.replicas().size()),
              count(partitions, each -> each.leader() == null || each.leader().isEmpty()),
              Integer.parseInt(least)));
    });
    return facts;
  }

  private static int count(
      List<TopicPartitionInfo> partitions, Predicate<TopicPartitionInfo> which) {
    return (int) partitions.stream().filter(which).count();
  }

  /// Brokers before 3.3 do not tell.
  private Optional<Room> room(Collection<Node> nodes) {
    List<Room> rooms = new ArrayList<>();
    asked(() ->
            admin.describeLogDirs(nodes.stream().map(Node::id).toList()).allDescriptions().get())
        .ifPresent(told ->
            told.values().stream()
                .flatMap(folders -> folders.values().stream())
                .filter(folder -> folder.usableBytes().isPresent())
                .forEach(folder ->
                    rooms.add(
                        new Room(
                            folder.usableBytes().getAsLong(), folder.totalBytes().orElse(0)))));
    return rooms.stream().min(Comparator.comparingLong(Room::usable));
  }

  private Optional<Instant> newest(TopicDescription calls) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    calls
        .partitions()
        .forEach(each ->
            latest.put(
                new TopicPartition(calls.name(), each.partition()), OffsetSpec.maxTimestamp()));
    return asked(() -> admin.listOffsets(latest).all().get())
        .flatMap(told ->
            told.values().stream()
                .map(each -> each.timestamp())
                .filter(ms -> ms >= 0)
                .max(Long::compare))
        .map(Instant::ofEpochMilli);
  }

  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> Optional<T> asked(Question<T> question) {
    try {
      return Optional.of(required(question));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException _) {
      return Optional.empty();
    }
  }

  private static <T> T required(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new KafkaException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
