package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testcluster.OnCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Calls through all six stages: the caller's tones are heard as phrases, and what the caller's ear
/// heard tells what was said.
@OnCluster
class ScriptedCallIT {
  private static final int WHERE_IS_MY_ORDER = 101;
  private static final int ORDER_NUMBER = 102;
  private static final int THANKS = 103;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUICK_WORD = Duration.ofMillis(100);

  @TempDir static Path folder;
  private static Estate estate;
  private static Order order;

  @BeforeAll
  static void start() {
    TestOrders orders = TestOrders.ofToday();
    order = orders.shipped();
    Map<Integer, String> phrases =
        Map.of(
            WHERE_IS_MY_ORDER,
            "where is my order",
            THANKS,
            "thank you very much",
            ORDER_NUMBER,
            String.join(" ", order.id().split("")));
    estate = Estate.scripted(folder, orders, phrases, QUICK_WORD);
  }

  @AfterAll
  static void stop() {
    estate.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anOrderIsAskedForFoundAtTheBackendAndToldInWordsTheCallerHears() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    List<Integer> question = talk.answerTo(WHERE_IS_MY_ORDER);
    List<Integer> answer = talk.answerTo(ORDER_NUMBER);
    talk.caller().hangUp().join();

    List<String> said = talk.said();
    int greeting = estate.agent().agent().greeting().sentences().size();
    assertThat(question)
        .isNotEmpty()
        .isEqualTo(ScriptedTalk.ids(said.subList(greeting, greeting + question.size())));
    assertThat(answer).isNotEmpty();
    assertThat(talk.heard()).isEqualTo(ScriptedTalk.ids(said));
    assertThat(String.join(" ", said)).contains(order.item());
    WholeLog log = ended(talk);
    assertThat(log.done(talk.id())).hasSize(1);
    assertThat(log.of(talk.id(), TranscriptEvent.Final.class)).hasSize(2);
  }

  @Test
  void ofACardThatIsPressedTheLogHasTenDigitsAndAnOrderIsFoundByItsKeys() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    talk.caller().press("4111111111111111#");
    talk.answerTo(WHERE_IS_MY_ORDER);
    talk.caller().press(order.id());
    talk.caller().agentAnswered(Duration.ofSeconds(1)).join();
    talk.caller().hangUp().join();

    WholeLog log = ended(talk);
    List<String> keys =
        log.of(talk.id(), CallEvent.Dtmf.class).stream().map(CallEvent.Dtmf::digit).toList();
    assertThat(String.join("", keys)).isEqualTo("4111111111xxxxxx#" + order.id());
    assertThat(log.of(talk.id(), CallEvent.ToolRequested.class))
        .filteredOn(asked -> asked.tool().equals("getOrder"))
        .singleElement()
        .satisfies(asked -> assertThat(asked.arguments()).contains(order.id()));
  }

  /// The log once the call's end is in it.
  private static WholeLog ended(ScriptedTalk talk) {
    return await()
        .atMost(PATIENCE)
        .until(() -> estate.log(), log -> log.of(talk.id(), CallEvent.Ended.class).size() == 1);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aPoisonRecordOfOneCallIsADeadLetterAndAnotherCallGoesOnUndisturbed() throws Exception {
    ScriptedTalk poisoned = ScriptedTalk.begin(estate);
    ScriptedTalk other = ScriptedTalk.begin(estate);
    int before = estate.log().deadLetters().size();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(estate.cluster().kafka().producer(Duration.ZERO))) {
      byte[] key = poisoned.id().value().getBytes(StandardCharsets.UTF_8);
      for (Topic topic : new Topic[] {Topic.TRANSCRIPTS, Topic.INTENTS, Topic.SENTENCES}) {
        String name = estate.cluster().kafka().topic(topic);
        producer.send(new ProducerRecord<>(name, key, new byte[] {0, 0, 0, 0, 99, 1, 2})).get();
      }
    }
    assertThat(other.answerTo(THANKS)).isNotEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(estate.log().deadLetters().size()).isGreaterThanOrEqualTo(before + 3));
    // The call the poison came under has lost nothing either: the records were nobody's.
    assertThat(poisoned.answerTo(THANKS)).isNotEmpty();
    poisoned.caller().hangUp().join();
    other.caller().hangUp().join();
    assertThat(other.heard()).isEqualTo(ScriptedTalk.ids(other.said()));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void everyRecordOfACallHasItsIdAndCanBeReadBackWithTheRegistrysSchemas() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    talk.answerTo(THANKS);
    talk.caller().hangUp().join();

    WholeLog log = ended(talk);
    List<VoxEvent> events = log.of(talk.id(), VoxEvent.class);
    assertThat(events.stream().map(Topic::of)).contains(Topic.values());
    assertThat(events).hasSize(log.recordsUnder(talk.id()));
  }
}
