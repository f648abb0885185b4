package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@OnCluster
@Timeout(120)
class IngressIT {
  @TempDir private static Path directory;
  private static TestCluster cluster;
  private static KafkaSettings kafka;
  private static SerdeLogCodec codec;
  private static Switchboard switchboard;

  @BeforeAll
  static void startBroker() {
    cluster = TestCluster.start(directory);
    kafka = KafkaSettings.local(cluster.bootstrapServers());
    codec = new SerdeLogCodec(cluster.clients(), cluster.catalogue());
    switchboard = new Switchboard();
  }

  @AfterAll
  static void stopBroker() {
    switchboard.close();
    codec.close();
    cluster.close();
  }

  private static Ingress node() {
    return Ingress.start(IngressConfig.local(0, "acme@1"), kafka, codec);
  }

  private static TwilioCaller call(CallPlan plan) {
    TwilioCaller caller = switchboard.call(plan);
    caller.connected().orTimeout(10, TimeUnit.SECONDS).join();
    return caller;
  }

  private static CallPlan to(Ingress node) {
    return CallPlan.to(URI.create("http://127.0.0.1:" + node.port() + "/twilio/voice"));
  }

  private static CallId id(TwilioCaller caller) {
    return new CallId("twilio-" + caller.callSid());
  }

  @Test
  void aCallsRecordsAreOnTheLogInOrderUnderItsKey() {
    try (Ingress node = node()) {
      TwilioCaller caller = call(to(node));
      caller.press("1");
      await().until(() -> audio(caller).size() > 50);
      caller.hangUp().join();
      await().until(() -> facts(caller).size() == 4);

      assertThat(facts(caller))
          .extracting(VoxEvent::identity)
          .containsExactly("started", "attached1", "dtmf1.1", "detached1");
      List<CallerAudio> audio = audio(caller);
      for (int i = 0; i < audio.size(); i++) {
        assertThat(audio.get(i).sequence()).isEqualTo(i);
        assertThat(audio.get(i).mediaMs()).isEqualTo(i * 20L);
      }
      assertThat(audio.getLast()).isInstanceOf(CallerAudio.End.class);
      List<ConsumerRecord<byte[], byte[]>> records = read(Topic.AUDIO_IN, id(caller));
      assertThat(records)
          .extracting(ConsumerRecord::partition)
          .containsOnly(records.getFirst().partition());
      assertThat(records).allMatch(record -> WireHeaders.epoch(record.headers()) == 1);
      assertThat(read(Topic.CALLS, id(caller)))
          .extracting(ConsumerRecord::partition)
          .containsOnly(records.getFirst().partition());
      assertThat(node.errorCounts()).isEmpty();
    }
  }

  @Test
  void aStreamThatComesAgainToAnotherNodeGoesOnWithItsCall() {
    try (Ingress first = node();
        Ingress second = node()) {
      TwilioCaller caller = call(to(first));
      await().until(() -> audio(caller).size() > 20);
      caller.dropLine();
      caller.connected().join();
      await().until(() -> !of(facts(caller), CallEvent.Detached.class).isEmpty());
      long endedAt = of(facts(caller), CallEvent.Detached.class).getFirst().mediaMs();
      TwilioCaller again = call(to(second).withCallSid(caller.callSid()));
      await().until(() -> of(facts(caller), CallEvent.Attached.class).size() >= 2);

      assertThat(of(facts(caller), CallEvent.Started.class)).hasSize(1);
      assertThat(of(facts(caller), CallEvent.Attached.class))
          .extracting(CallEvent.Attached::baseMs)
          .contains(endedAt);
      again.hangUp().join();
      caller.hangUp().join();
    }
  }

  @Test
  void aCallWhoseNodeDiedGoesOnWhereItsRecordedAudioEnds() {
    CallId call = new CallId("twilio-CAdead");
    Instant now = Instant.now();
    write(
        new CallEvent.Started(
            call, now, "twilio", "CAdead", "inbound", null, null, "acme@1", Map.of()));
    write(new CallEvent.Attached(call, now, 1, "MZ", Codec.MULAW_8K, "gone:1", 0));
    write(new CallerAudio.Gap(call, now, 1, 0, 0, 12_340L, "not-received"));
    try (Ingress node = node()) {
      TwilioCaller caller = call(to(node).withCallSid("CAdead"));
      await().until(() -> of(facts(caller), CallEvent.Attached.class).size() == 2);

      assertThat(of(facts(caller), CallEvent.Attached.class).getLast().baseMs()).isEqualTo(12_340);
      assertThat(of(facts(caller), CallEvent.Attached.class).getLast().attach()).isEqualTo(2);
      caller.hangUp().join();
    }
  }

  @Test
  void whatEgressWritesBeforeItHangsUpDecidesWhatFollows() {
    try (Ingress node = node()) {
      TwilioCaller caller = call(to(node));
      await().until(() -> audio(caller).size() > 5);
      String mediaPort = of(facts(caller), CallEvent.Attached.class).getFirst().mediaPort();
      try (Playback egress = new Playback(mediaPort, "")) {
        write(new CallEvent.Transfer(id(caller), Instant.now(), 2, "+15551234", "asked"));
        egress.send(new MediaFrame.HangUp(id(caller), 1, 1));

        assertThat(caller.ended().orTimeout(10, TimeUnit.SECONDS).join().ending())
            .isEqualTo(new Ending.Transferred("+15551234"));
      }
    }
  }

  @Test
  void aTransferThatReachesTheLogAfterTheHangUpIsStillDialled() {
    try (Ingress node = node()) {
      TwilioCaller caller = call(to(node));
      await().until(() -> audio(caller).size() > 5);
      String mediaPort = of(facts(caller), CallEvent.Attached.class).getFirst().mediaPort();
      try (Playback egress = new Playback(mediaPort, "")) {
        egress.send(new MediaFrame.HangUp(id(caller), 1, 1));
        await().until(() -> !of(facts(caller), CallEvent.Detached.class).isEmpty());
        write(new CallEvent.Transfer(id(caller), Instant.now(), 2, "+15551234", "asked"));

        assertThat(caller.ended().orTimeout(10, TimeUnit.SECONDS).join().ending())
            .isEqualTo(new Ending.Transferred("+15551234"));
      }
    }
  }

  private static void write(VoxEvent event) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka.producer(Duration.ZERO))) {
      byte[] key = String.valueOf(event.callId()).getBytes(StandardCharsets.UTF_8);
      var _ =
          producer.send(
              new ProducerRecord<>(kafka.topic(Topic.of(event)), key, codec.encode(event)));
      producer.flush();
    }
  }

  private static List<VoxEvent> facts(TwilioCaller caller) {
    return events(Topic.CALLS, id(caller));
  }

  private static List<CallerAudio> audio(TwilioCaller caller) {
    return of(events(Topic.AUDIO_IN, id(caller)), CallerAudio.class);
  }

  private static <E extends VoxEvent> List<E> of(List<VoxEvent> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<VoxEvent> events(Topic topic, CallId call) {
    return read(topic, call).stream()
        .map(record -> codec.decodeTrusted(topic, record.value()))
        .toList();
  }

  /// Everything of the call that is on the topic now.
  private static List<ConsumerRecord<byte[], byte[]>> read(Topic topic, CallId call) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(kafka.topic(topic)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records.stream()
        .filter(r -> call.value().equals(new String(r.key(), StandardCharsets.UTF_8)))
        .toList();
  }
}
