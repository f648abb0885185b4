package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.ingress.IngressConfig;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.schemas.AgentRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// The agent files on a cluster as they are when asked: by name, the one published last.
final class PublishedAgents {
  private final Map<String, String> keyByName = new TreeMap<>();
  private final Map<String, byte[]> bundles = new LinkedHashMap<>();

  private PublishedAgents() {}

  /// Reads the topic `agents` to its end.
  static PublishedAgents read(KafkaSettings kafka) {
    PublishedAgents agents = new PublishedAgents();
    String topic = kafka.topics().name(AgentRecord.TOPIC);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IllegalStateException(
            "topic %s does not exist; create it with: voxlog topics apply".formatted(topic));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(agents::note);
      }
    }
    return agents;
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() != null && record.value() != null) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      keyByName.put(key.substring(0, Math.max(key.indexOf('@'), 0)), key);
      bundles.remove(key);
      bundles.put(key, record.value());
    }
  }

  /// Who may be asked for; `wanted` answers when nobody is: a name, name@hash, or empty for the
  /// last one published.
  ///
  /// @throws UserError if there is no such agent
  IngressConfig.Agents answering(String wanted, StageSettings settings) {
    String key = wanted.isEmpty() ? last().orElse("") : keyByName.getOrDefault(wanted, wanted);
    if (!bundles.containsKey(key)) {
      throw new UserError(
          bundles.isEmpty()
              ? "no agent has been published on this cluster; publish one with: voxlog agent publish FILE"
              : "ingress.agent = %s is not published; there is %s"
                  .formatted(wanted, String.join(", ", names())));
    }
    return Answering.of(key, keyByName, all(), settings);
  }

  private Optional<String> last() {
    return bundles.keySet().stream().reduce((_, later) -> later);
  }

  Set<String> names() {
    return keyByName.keySet();
  }

  private List<AgentBundle> all() {
    return bundles.values().stream().map(AgentBundle::fromBytes).toList();
  }

  /// The latest of every agent.
  List<AgentBundle> latest() {
    return bundles.entrySet().stream()
        .filter(each -> keyByName.containsValue(each.getKey()))
        .map(each -> AgentBundle.fromBytes(each.getValue()))
        .toList();
  }
}
