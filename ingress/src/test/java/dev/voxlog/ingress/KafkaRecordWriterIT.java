package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.local.EmbeddedBroker;
import dev.voxlog.local.TopicSetup;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.PlainLogCodec;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicSpec;
import dev.voxlog.schemas.VoxEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaRecordWriterIT {
  private static final int RECORDS = 2_000;

  @TempDir private Path directory;

  @Test
  void aBrokerThatIsGoneNeverHoldsUpTheEventLoop() {
    EmbeddedBroker broker = brokerWithTopics(0);
    AtomicInteger lost = new AtomicInteger();
    try (KafkaRecordWriter writer =
        KafkaRecordWriter.open(small(broker.bootstrapServers()), new PlainLogCodec())) {
      broker.close();
      long begin = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        writer.write(frame(i), 1, RecordWriter.Outcome.ifLost(lost::incrementAndGet));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(took).isLessThan(Duration.ofSeconds(2));
      await().untilAsserted(() -> assertThat(lost).hasValueBetween(RECORDS / 2, RECORDS - 1));
      assertThat(writer.isHealthy()).isFalse();
    }
  }

  @Test
  void whatWasWrittenWhileTheBrokerWasAwayArrivesWhenItIsBack() {
    assertThatAllArrivesAfter(Duration.ZERO);
  }

  /// Longer than Kafka's producers of the other stages try.
  @Test
  @Tag("long")
  void whatWasWrittenBeforeALongOutageArrivesAfterIt() {
    assertThatAllArrivesAfter(Duration.ofSeconds(40));
  }

  private void assertThatAllArrivesAfter(Duration outage) {
    EmbeddedBroker broker = brokerWithTopics(0);
    String servers = broker.bootstrapServers();
    AtomicInteger lost = new AtomicInteger();
    try (KafkaRecordWriter writer =
        KafkaRecordWriter.open(KafkaSettings.local(servers), new PlainLogCodec())) {
      writer.write(frame(0), 1, RecordWriter.Outcome.ifLost(lost::incrementAndGet));
      broker.close();
      for (int i = 1; i <= 100; i++) {
        writer.write(frame(i), 1, RecordWriter.Outcome.ifLost(lost::incrementAndGet));
      }
      long end = System.nanoTime() + outage.toNanos();
      await().atMost(outage.plusSeconds(10)).until(() -> System.nanoTime() > end);
      int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
      try (EmbeddedBroker _ = new EmbeddedBroker(directory, port, Map.of());
          Admin admin = Admin.create(KafkaSettings.local(servers).admin())) {
        await()
            .atMost(Duration.ofSeconds(20))
            .ignoreExceptions()
            .until(() -> records(admin) == 101);
      }
    }
    assertThat(lost).hasValue(0);
  }

  private EmbeddedBroker brokerWithTopics(int port) {
    EmbeddedBroker broker = new EmbeddedBroker(directory, port, Map.of());
    try (Admin admin = Admin.create(KafkaSettings.local(broker.bootstrapServers()).admin())) {
      new TopicSetup(admin)
          .apply(
              Stream.of(Topic.AUDIO_IN, Topic.CALLS)
                  .map(topic -> new TopicSpec(topic.id(), 6, (short) 1, Map.of()))
                  .toList());
    }
    return broker;
  }

  private static long records(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int p = 0; p < 6; p++) {
      latest.put(new TopicPartition(Topic.AUDIO_IN.id(), p), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  @Test
  void aCallsFactsKeepTheirOrderAndClosingDeliversThoseThatWait() throws Exception {
    try (EmbeddedBroker broker = brokerWithTopics(0)) {
      KafkaSettings settings = KafkaSettings.local(broker.bootstrapServers());
      AtomicInteger lost = new AtomicInteger();
      try (KafkaRecordWriter writer = KafkaRecordWriter.open(settings, new PlainLogCodec())) {
        for (CallEvent each : FACTS) {
          writer.write(each, 1, RecordWriter.Outcome.ifLost(lost::incrementAndGet));
        }
      }
      assertThat(facts(settings)).containsExactlyElementsOf(FACTS);
      assertThat(lost).hasValue(0);
    }
  }

  private static final CallId CALL = new CallId("twilio-CA1");

  /// The last is one that waits for others.
  private static final List<CallEvent> FACTS =
      List.of(
          mark(1),
          new CallEvent.Dtmf(CALL, Instant.EPOCH, 1, 1, "4", 20),
          mark(2),
          new CallEvent.Detached(CALL, Instant.EPOCH, 1, true, "stop", 40),
          mark(3));

  private static CallEvent mark(int n) {
    return new CallEvent.Mark(CALL, Instant.EPOCH, 1, n, "m" + n, n * 20L);
  }

  private static List<VoxEvent> facts(KafkaSettings settings) {
    Map<String, Object> config = new HashMap<>(settings.admin());
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    List<VoxEvent> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> all =
          consumer.partitionsFor(Topic.CALLS.id()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long wanted = consumer.endOffsets(all).values().stream().mapToLong(Long::longValue).sum();
      while (read.size() < wanted) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(
                each -> read.add(new PlainLogCodec().decodeTrusted(Topic.CALLS, each.value())));
      }
    }
    return read;
  }

  @Test
  void aBrokerThatIsNotThereIsNamedWithWhatToDo() {
    KafkaSettings nowhere = KafkaSettings.local("127.0.0.1:1");
    assertThatThrownBy(() -> KafkaRecordWriter.open(nowhere, new PlainLogCodec()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audio.in")
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("voxlog topics apply");
  }

  private static KafkaSettings small(String servers) {
    KafkaSettings local = KafkaSettings.local(servers);
    return new KafkaSettings(
        servers,
        Map.of("buffer.memory", "100000"),
        local.topics(),
        local.groupPrefix(),
        local.protocol(),
        local.session());
  }

  private static CallerAudio frame(int i) {
    return new CallerAudio.Frame(
        new CallId("twilio-CA1"),
        Instant.EPOCH,
        1,
        i,
        i * 20L,
        Codec.MULAW_8K,
        AudioBytes.wrap(new byte[160]));
  }
}
