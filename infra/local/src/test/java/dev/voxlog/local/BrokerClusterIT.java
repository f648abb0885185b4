package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TopicSpec;
import dev.voxlog.schemas.TurnEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers as child processes; what they survive under load is the runtime's test.
@Tag("long")
@Timeout(180)
class BrokerClusterIT {
  private static final TurnEvent.Sentence SENTENCE =
      new TurnEvent.Sentence(
          new CallId("twilio-CA1"),
          Instant.parse("2026-01-02T03:04:05.000006Z"),
          1,
          0,
          "Hello.",
          TurnEvent.Purpose.ANSWER,
          List.of(1));

  @TempDir private Path directory;

  private LocalStack start(int brokers) {
    return LocalStack.start(
        new LocalStack.Config(directory, brokers, 0, 0, TopicCatalogue.standard()), _ -> {});
  }

  @Test
  void threeBrokersAreOneClusterFromItsStartToTheNext() throws Exception {
    LocalStack stack = start(3);
    long begun;
    try (stack;
        Admin admin = Admin.create(admin(stack))) {
      probe(stack).write(List.of(SENTENCE));
      makeOffsetsTopic(stack);
      assertThreeCopies(admin);
      assertTheOthersGoOnWithoutAPausedBroker(stack, admin);
      begun = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    // All have ended, and none was killed for not ending.
    DirectoryLock.take(directory, Duration.ZERO).close();
    assertThatThrownBy(() -> start(1))
        .hasMessageContaining(directory + " holds the data of 3 brokers, not of 1")
        .hasMessageContaining("start with --brokers 3");

    try (LocalStack next = start(3)) {
      assertThat(probe(next).events(Topic.SENTENCES)).hasToString(List.of(SENTENCE).toString());
    }
  }

  /// Asks another broker soon when the one that was asked stands still.
  private static Map<String, Object> admin(LocalStack stack) {
    return Map.of(
        "bootstrap.servers",
        stack.bootstrapServers(),
        "request.timeout.ms",
        "2000",
        "default.api.timeout.ms",
        "10000");
  }

  private static LogProbe probe(LocalStack stack) {
    return new LogProbe(stack.bootstrapServers(), stack.registryUrl());
  }

  /// The broker makes it when the first group asks.
  private static void makeOffsetsTopic(LocalStack stack) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "group.id",
            "first",
            "key.deserializer",
            ByteArrayDeserializer.class.getName(),
            "value.deserializer",
            ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      assertThat(consumer.committed(Set.of(new TopicPartition("calls", 0)))).hasSize(1);
    }
  }

  private static void assertThreeCopies(Admin admin) throws Exception {
    Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
    assertThat(names)
        .containsAll(TopicCatalogue.standard().all().stream().map(TopicSpec::name).toList())
        .contains(RegistryConfig.TOPIC, "__consumer_offsets", "__transaction_state");
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      assertThat(topic.partitions())
          .as(topic.name())
          .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
    }
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    admin
        .describeConfigs(resources)
        .all()
        .get()
        .forEach((topic, config) ->
            assertThat(config.get("min.insync.replicas").value()).as(topic.name()).isEqualTo("2"));
  }

  private static void assertTheOthersGoOnWithoutAPausedBroker(LocalStack stack, Admin admin) {
    stack.broker(2).pause();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> nodes(admin).equals(Set.of(1, 3)));
    assertThat(stack.broker(2).isAlive()).isTrue();
    stack.broker(2).resume();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> nodes(admin).equals(Set.of(1, 2, 3)));
  }

  private static Set<Integer> nodes(Admin admin) throws Exception {
    return admin.describeCluster().nodes().get().stream()
        .map(Node::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
