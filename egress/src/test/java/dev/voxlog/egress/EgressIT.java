package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.runtime.AgentPublisher;
import dev.voxlog.runtime.EnginePool;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.runtime.StageHost;
import dev.voxlog.runtime.StageRunner;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import dev.voxlog.schemas.Word;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Egress between a real log and a media port on a real socket.
@OnCluster
@Timeout(180)
class EgressIT {
  private static final int WORD_MS = 250;
  private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(40));
  private static final AgentBundle AGENT =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: shop
              greeting: {disclosure: I'm a machine.}
              intents:
                - name: hours
                  say: We are open.
                  examples: [when are you open, opening hours]
              """,
              "it"),
          List.of());

  @TempDir private static Path directory;
  private static TestCluster cluster;
  private static KafkaSettings kafka;
  private static SerdeLogCodec codec;
  private static EnginePool engines;
  private static StageHost host;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.start(directory);
    kafka = KafkaSettings.local(cluster.bootstrapServers());
    codec = new SerdeLogCodec(cluster.clients(), cluster.catalogue());
    codec.warmUp();
    new AgentPublisher(kafka).publish(AGENT);
    engines = new EnginePool(1);
    host = new StageHost(kafka, codec, engines, VoxClock.system());
    producer = new KafkaProducer<>(kafka.producer(Duration.ZERO));
  }

  @AfterAll
  static void stopCluster() {
    producer.close();
    host.close();
    engines.close();
    codec.close();
    cluster.close();
  }

  @Test
  void theAgentsAudioReachesTheCallerAndWhatWasHeardReachesTheLog() {
    CallId call = new CallId("twilio-CAheard");
    try (TestNode node = new TestNode(0, _ -> {});
        StageRunner runner = host.start(new EgressWorker(EgressConfig.DEFAULT))) {
      SOON.until(runner::isReady);
      begin(call, node);
      says(call, 1, "Thanks for calling. Goodbye.", Next.HANG_UP);

      SOON.until(() -> !of(call, CallEvent.Ended.class).isEmpty());
      SOON.until(node.carrier::isHungUp);
      assertThat(node.carrier.heard()).hasSize(8 * 4 * WORD_MS);
      assertThat(of(call, CallEvent.Playing.class)).hasSize(1);
      assertThat(of(call, CallEvent.Heard.class))
          .hasSize(1)
          .first()
          .extracting(CallEvent.Heard::text, CallEvent.Heard::isWhole, CallEvent.Heard::evidence)
          .containsExactly("Thanks for calling. Goodbye.", true, CallEvent.Evidence.ACKED);
      assertThat(of(call, CallEvent.Ended.class))
          .extracting(CallEvent.Ended::reason)
          .containsExactly("completed");
      assertThat(node.frames(MediaFrame.Audio.class)).allMatch(audio -> audio.epoch() >= 0);
    }
  }

  @Test
  void theCallersVoiceStopsTheAgentWithinMilliseconds() {
    CallId call = new CallId("twilio-CAbarge");
    try (TestNode node = new TestNode(0, _ -> {});
        StageRunner runner = host.start(new EgressWorker(EgressConfig.DEFAULT))) {
      SOON.until(runner::isReady);
      begin(call, node);
      says(call, 1, "one two three four five six seven eight nine ten eleven twelve", Next.LISTEN);
      SOON.until(() -> !of(call, CallEvent.Playing.class).isEmpty());
      Instant spoken = Instant.now();
      write(new TranscriptEvent.SpeechStarted(call, spoken, 1, 1_000, 1_210));
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(20))
          .until(() -> !node.frames(MediaFrame.Clear.class).isEmpty());
      Duration took = Duration.between(spoken, Instant.now());
      write(new TranscriptEvent.Interim(call, Instant.now(), 1, 1, "wait a moment", 3, 0.9, 1_500));

      SOON.until(() -> !of(call, CallEvent.Verdict.class).isEmpty());
      assertThat(of(call, CallEvent.Verdict.class))
          .extracting(CallEvent.Verdict::ruling)
          .containsExactly(CallEvent.Ruling.INTERRUPTED);
      assertThat(of(call, CallEvent.Heard.class)).hasSize(1).allMatch(heard -> !heard.isWhole());
      assertThat(node.frames(MediaFrame.Mark.class))
          .extracting(MediaFrame.Mark::name)
          .last()
          .isEqualTo("cleared-" + node.frames(MediaFrame.Clear.class).getFirst().epoch());
      // Generous: the machine may be busy. Alone it is a hop of the log, some ten milliseconds.
      assertThat(took).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void anotherEgressGoesOnInTheMiddleOfASentenceAndRepeatsNothing() {
    CallId call = new CallId("twilio-CAtakeover");
    String text =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            + "seventeen eighteen nineteen twenty";
    try (TestNode node = new TestNode(0, _ -> {})) {
      StageRunner first = host.start(new EgressWorker(EgressConfig.DEFAULT.withNode("first")));
      SOON.until(first::isReady);
      begin(call, node);
      says(call, 1, text, Next.HANG_UP);
      SOON.until(() -> node.frames(MediaFrame.Audio.class).size() >= 10);
      first.close();
      try (StageRunner second =
          host.start(new EgressWorker(EgressConfig.DEFAULT.withNode("second")))) {
        SOON.until(() -> !of(call, CallEvent.Ended.class).isEmpty());

        assertThat(second.failure()).isNull();
        assertThat(node.carrier.timesSent())
            .hasSize(20)
            .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        assertThat(node.carrier.heard()).hasSize(8 * 20 * WORD_MS);
        assertThat(of(call, CallEvent.Playing.class)).hasSize(1);
        assertThat(of(call, CallEvent.Heard.class)).hasSize(1).allMatch(CallEvent.Heard::isWhole);
        assertThat(node.frames(MediaFrame.Hello.class))
            .extracting(MediaFrame.Hello::node)
            .containsExactly("first", "second");
      }
    }
  }

  private static void begin(CallId call, TestNode node) {
    Instant now = Instant.now();
    write(
        new CallEvent.Started(
            call, now, "twilio", "CA", "inbound", null, null, AGENT.key(), Map.of()));
    write(new CallEvent.Attached(call, now, 1, "MZ", Codec.MULAW_8K, node.mediaPort(), 0));
  }

  private static void says(CallId call, int turn, String text, Next next) {
    String[] words = text.split(" ");
    for (int i = 0; i < words.length; i++) {
      byte[] audio = new byte[WORD_MS * 8];
      Arrays.fill(audio, (byte) i);
      Word word = new Word(words[i], (long) i * WORD_MS, (i + 1L) * WORD_MS, 1, false);
      write(
          new AgentAudio.Chunk(
              call,
              Instant.now(),
              turn,
              0,
              i,
              Codec.MULAW_8K,
              AudioBytes.wrap(audio),
              word.startMs(),
              List.of(word),
              i == words.length - 1,
              false,
              Purpose.ANSWER,
              i == 0 ? text : null));
    }
    write(new AgentAudio.TurnSpoken(call, Instant.now(), turn, 1, next));
  }

  /// As the stage that owns the kind would: with an epoch.
  private static void write(VoxEvent event) {
    byte[] key = String.valueOf(event.callId()).getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(kafka.topic(Topic.of(event)), key, codec.encode(event));
    WireHeaders.epoch(record.headers(), 1);
    var _ = producer.send(record);
    producer.flush();
  }

  private static <E> List<E> of(CallId call, Class<E> kind) {
    List<E> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(kafka.topic(Topic.CALLS)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> {
              LogCodec.Read read = read(record.value());
              if (read instanceof LogCodec.Read.Known(VoxEvent event)
                  && kind.isInstance(event)
                  && call.equals(event.callId())) {
                found.add(kind.cast(event));
              }
            });
      }
    }
    return found;
  }

  private static LogCodec.Read read(byte[] value) {
    try {
      return codec.decode(Topic.CALLS, value);
    } catch (LogCodec.UnreadableException e) {
      throw new IllegalStateException(e);
    }
  }
}
