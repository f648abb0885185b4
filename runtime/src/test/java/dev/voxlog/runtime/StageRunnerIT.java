package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.DeadLetterLabel;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.WireHeaders;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnCluster
@Timeout(120)
class StageRunnerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = SharedCluster.get();
  }

  private static void awaitUnderstood(Estate estate, CallId call, int utterances) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(utterances(estate, call)).isEqualTo(upTo(utterances)));
  }

  private static List<Integer> utterances(Estate estate, CallId call) {
    return estate.read(Topic.INTENTS, call, Understood.class).stream()
        .map(Understood::utterance)
        .toList();
  }

  private static List<Integer> upTo(int most) {
    return IntStream.rangeClosed(1, most).boxed().toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(Estate estate) {
    return estate.records(estate.kafka.topics().name(TopicCatalogue.DEAD_LETTERS));
  }

  private static void awaitCommitted(Estate estate, Topic topic, int partition, long offset) {
    TopicPartition of = new TopicPartition(estate.kafka.topic(topic), partition);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    estate
                        .admin
                        .listConsumerGroupOffsets(estate.kafka.group("nlu"))
                        .partitionsToOffsetAndMetadata()
                        .get(5, TimeUnit.SECONDS)
                        .get(of))
                .as("committed past all that was handled")
                .isNotNull()
                .extracting(committed -> committed.offset())
                .isEqualTo(offset));
  }

  @Test
  void everyUtteranceIsAnsweredOnceAndSaysWhatLedToIt() throws Exception {
    try (Estate estate = new Estate(cluster, "once")) {
      StageRunner runner = estate.run(new EchoStage());
      CallId call = estate.begin(1, "call");
      estate.write(TestCalls.words(call, 1));
      estate.write(TestCalls.words(call, 1));
      estate.write(TestCalls.words(call, 2));

      awaitUnderstood(estate, call, 2);
      assertThat(runner.isReady()).isTrue();
      assertThat(runner.partitions()).containsExactly(0, 1, 2);
      Estate.Stored answer =
          estate.stored(Topic.INTENTS).stream()
              .filter(each -> each.event() instanceof Understood)
              .findFirst()
              .orElseThrow();
      assertThat(WireHeaders.cause(answer.record().headers()))
          .contains(new WireHeaders.Cause(Topic.TRANSCRIPTS, 1, 0));
      assertThat(WireHeaders.seen(answer.record().headers())).containsOnlyKeys(Topic.CALLS);
      assertThat(WireHeaders.traceparent(answer.record().headers())).isPresent();
      assertThat(WireHeaders.epoch(answer.record().headers())).isNotNegative();
    }
  }

  @Test
  void aCallWhoseEngineIsSlowDelaysNoOther() throws Exception {
    CountDownLatch engine = new CountDownLatch(1);
    try (Estate estate = new Estate(cluster, "engine")) {
      CallId slow = estate.begin(0, "slow");
      CallId other = estate.begin(0, "other");
      String slowWords = TestCalls.words(slow, 7).text();
      estate.run(
          new EchoStage(text -> text.equals(slowWords) ? EchoStage.after(engine, text) : text));
      estate.write(TestCalls.words(slow, 7));
      estate.write(TestCalls.words(other, 1));
      estate.write(TestCalls.words(slow, 8));
      estate.write(TestCalls.words(other, 2));
      awaitUnderstood(estate, other, 2);
      assertThat(utterances(estate, slow)).isEmpty();
      engine.countDown();
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(utterances(estate, slow)).containsExactly(7, 8));
    }
  }

  @Test
  void aRecordThatCannotBeReadIsPutAsideWhileOtherCallsGoOn() throws Exception {
    try (Estate estate = new Estate(cluster, "poison")) {
      estate.run(new EchoStage());
      CallId call = estate.begin(0, "sound");
      CallId poisoned = Estate.callOn(0, "poisoned");
      estate.write(TestCalls.words(call, 1));
      byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);
      estate.write(Topic.TRANSCRIPTS, poisoned.value(), garbage);
      byte[] unknownSchema = {0, 0x7f, 1, 2, 3, 4, 5};
      estate.write(Topic.TRANSCRIPTS, poisoned.value(), unknownSchema);
      estate.write(
          Topic.TRANSCRIPTS, poisoned.value(), estate.codec.encode(TestCalls.ended(poisoned)));
      estate.write(TestCalls.words(call, 2));

      awaitUnderstood(estate, call, 2);
      List<ConsumerRecord<byte[], byte[]>> letters = letters(estate);
      assertThat(letters).as("one per call and reason").hasSize(1);
      assertThat(letters.getFirst().value()).isEqualTo(garbage);
      DeadLetterLabel label = DeadLetterLabel.read(letters.getFirst().headers()).orElseThrow();
      assertThat(label.stage()).isEqualTo("nlu");
      assertThat(label.reason()).startsWith("unreadable");
      assertThat(label.origin()).isEqualTo(new WireHeaders.Cause(Topic.TRANSCRIPTS, 0, 1));
      assertThat(label.callId()).isEqualTo(poisoned);
    }
  }

  @Test
  void aKindOfANewerVersionIsSkippedAndCountedWhileBothCallsGoOn() throws Exception {
    try (Estate estate = new Estate(cluster, "newer");
        StageHost host = estate.host();
        StageRunner _ = estate.start(host, new EchoStage(), UnaryOperator.identity())) {
      CallId call = estate.begin(0, "call");
      CallId newer = estate.begin(0, "newer");
      String topic = estate.kafka.topic(Topic.TRANSCRIPTS);
      estate.write(TestCalls.words(call, 1));
      estate.write(
          Topic.TRANSCRIPTS,
          newer.value(),
          NewerVersion.record(cluster.registryUrl(), topic, TestCalls.words(newer, 1)));
      estate.write(TestCalls.words(call, 2));
      estate.write(TestCalls.words(newer, 1));

      awaitUnderstood(estate, call, 2);
      awaitUnderstood(estate, newer, 1);
      awaitCommitted(estate, Topic.TRANSCRIPTS, 0, 4);
      assertThat(estate.meters.counted("voice.unknown_kinds.total")).isEqualTo(1);
      assertThat(letters(estate)).isEmpty();
    }
  }

  @Test
  void aRecordOnAnotherPartitionThanItsKeysIsPutAside() throws Exception {
    try (Estate estate = new Estate(cluster, "misrouted")) {
      estate.run(new EchoStage());
      CallId call = estate.begin(0, "call");
      byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
      estate.write(
          new ProducerRecord<>(
              estate.kafka.topic(Topic.TRANSCRIPTS),
              2,
              key,
              estate.codec.encode(TestCalls.words(call, 9))));
      estate.write(TestCalls.words(call, 1));

      awaitUnderstood(estate, call, 1);
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(letters(estate))
                  .extracting(
                      letter -> DeadLetterLabel.read(letter.headers()).orElseThrow().reason())
                  .containsExactly("misrouted"));
    }
  }

  @Test
  void aStepThatBreaksOnARecordCostsThatRecordAlone() throws Exception {
    try (Estate estate = new Estate(cluster, "broken")) {
      estate.run(new EchoStage());
      CallId call = estate.begin(2, "call");
      estate.write(TestCalls.words(call, 1));
      estate.write(TestCalls.breaking(call, 9));
      estate.write(TestCalls.words(call, 2));

      awaitUnderstood(estate, call, 2);
      assertThat(estate.read(Topic.CALLS, call, CallEvent.Error.class))
          .extracting(CallEvent.Error::reason)
          .containsExactly("step failed");
    }
  }

  @Test
  void aMessageFromOutsideReachesItsCall() throws Exception {
    EchoStage stage = new EchoStage();
    try (Estate estate = new Estate(cluster, "outside")) {
      StageRunner runner = estate.run(stage);
      CallId call = estate.begin(1, "call");
      await().atMost(SOON).until(() -> runner.liveCalls() == 1);
      await()
          .atMost(SOON)
          .until(() -> {
            stage.tell(call, "knock");
            return stage.externals.contains("knock");
          });
    }
  }

  @Test
  void aCallThatIsOverIsForgottenAndItsStepClosed() throws Exception {
    EchoStage stage = new EchoStage();
    try (Estate estate = new Estate(cluster, "over")) {
      StageRunner runner = estate.run(stage);
      CallId call = estate.begin(1, "call");
      estate.write(TestCalls.words(call, 1));
      awaitUnderstood(estate, call, 1);
      estate.write(TestCalls.ended(call));
      await().atMost(SOON).until(() -> runner.liveCalls() == 0);
      assertThat(stage.closed).contains(call);

      estate.write(TestCalls.words(call, 2));
      CallId next = estate.begin(1, "next");
      estate.write(TestCalls.words(next, 1));
      awaitUnderstood(estate, next, 1);
      assertThat(utterances(estate, call)).containsExactly(1);
    }
  }

  @Test
  void anIdleStageClosesWellUnderASecond() throws Exception {
    try (Estate estate = new Estate(cluster, "idle");
        StageHost host = estate.host()) {
      StageRunner runner = host.start(new EchoStage());
      CallId call = estate.begin(1, "call");
      estate.write(TestCalls.words(call, 1));
      awaitUnderstood(estate, call, 1);

      long begun = System.nanoTime();
      runner.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
      awaitCommitted(estate, Topic.TRANSCRIPTS, 1, 1);
    }
  }

  @Test
  void aBrokenLifeIsFollowedByTheNext() throws Exception {
    try (Estate estate = new Estate(cluster, "lives");
        StageHost host = estate.host()) {
      SpoiltClients[] last = new SpoiltClients[1];
      try (StageRunner runner =
          estate.start(host, new EchoStage(), clients -> last[0] = new SpoiltClients(clients))) {
        await().atMost(SOON).until(() -> runner.partitions().size() == Estate.PARTITIONS);
        CallId call = estate.begin(0, "call");
        estate.write(TestCalls.words(call, 1));
        awaitUnderstood(estate, call, 1);

        last[0].failingPolls.set(1);
        await().atMost(SOON).until(() -> !runner.isLive());
        await().atMost(SOON).until(() -> runner.isLive() && runner.isReady());
        estate.write(TestCalls.words(call, 2));
        awaitUnderstood(estate, call, 2);
      }
    }
  }
}
