package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.serde.AvroDeserializer;
import dev.voxlog.schemas.serde.AvroSerializer;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnCluster
@Timeout(120)
class CodecAndAgentsIT {
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = SharedCluster.get();
  }

  @Test
  void ourPairAndAForeignOneReadEachOther() throws Exception {
    CallId call = new CallId("call");
    List<VoxEvent> events =
        List.of(TestCalls.started(call), TestCalls.words(call, 1), TestCalls.frame(call, 1, 3));
    Map<String, Object> registry = Map.of("schema.registry.url", cluster.registryUrl());
    Map<String, Object> foreign =
        Map.of(
            "schema.registry.url",
            cluster.registryUrl(),
            SerdeLogCodec.SERIALIZER,
            AvroSerializer.class.getName(),
            SerdeLogCodec.DESERIALIZER,
            AvroDeserializer.class.getName());
    try (SerdeLogCodec ours = new SerdeLogCodec(registry, TopicCatalogue.standard());
        SerdeLogCodec theirs = new SerdeLogCodec(foreign, TopicCatalogue.standard())) {
      ours.warmUp();
      theirs.warmUp();
      for (VoxEvent event : events) {
        assertThat(theirs.encode(event)).isEqualTo(ours.encode(event));
        assertThat(ours.mustAsk(ours.encode(event))).isFalse();
        assertThat(ours.decode(Topic.of(event), theirs.encode(event)))
            .isEqualTo(new LogCodec.Read.Known(event));
        assertThat(theirs.decode(Topic.of(event), ours.encode(event)))
            .isEqualTo(new LogCodec.Read.Known(event));
      }
    }
  }

  @Test
  void anAgentFileIsPublishedOnceAndThereWhenReadingBegan() throws Exception {
    try (Estate estate = new Estate(cluster, "agents")) {
      assertThat(new AgentPublisher(estate.kafka).publish(TestCalls.AGENT))
          .as("there already")
          .isFalse();
      String topic = estate.kafka.topics().name("agents");
      assertThat(estate.records(topic)).hasSize(1);
      try (AgentTopic agents =
          new AgentTopic(() -> new KafkaConsumer<>(estate.kafka.reader()), topic).start()) {
        assertThat(agents.find(TestCalls.AGENT.key()).orElseThrow().agent().name())
            .isEqualTo("echo");
      }
    }
  }

  @Test
  void aBrokenBundleDoesNotKeepTheOthersFromBeingRead() throws Exception {
    try (Estate estate = new Estate(cluster, "bundles")) {
      String topic = estate.kafka.topics().name("agents");
      estate.write(
          new org.apache.kafka.clients.producer.ProducerRecord<>(
              topic, new byte[] {'x'}, new byte[] {1, 2}));
      try (AgentTopic agents =
          new AgentTopic(() -> new KafkaConsumer<>(estate.kafka.reader()), topic).start()) {
        assertThat(agents.find("x")).isEmpty();
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> agents.find(TestCalls.AGENT.key()).isPresent());
      }
    }
  }
}
