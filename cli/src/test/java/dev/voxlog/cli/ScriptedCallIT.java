package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls through all six stages: the caller's tones are heard as phrases, and what the caller's ear
/// heard tells what was said.
class ScriptedCallIT {
  private static final int WHERE_IS_MY_ORDER = 101;
  private static final int ORDER_NUMBER = 102;
  private static final int THANKS = 103;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Estate estate;
  private static Order order;

  @BeforeAll
  static void start() {
    Map<String, String> more = new HashMap<>();
    more.put("engines.kind", "scripted");
    more.put("engines.phrases." + WHERE_IS_MY_ORDER, "where is my order");
    more.put("engines.phrases." + THANKS, "thank you very much");
    List<Order> made = dev.voxlog.demo.DemoOrders.of(7, 6, java.time.LocalDate.now());
    order = made.stream().filter(each -> each.status().equals("shipped")).findFirst().orElseThrow();
    more.put("engines.phrases." + ORDER_NUMBER, String.join(" ", order.id().split("")));
    estate = new Estate(folder, TestAgents.patient(folder), more);
    made.forEach(estate.acme()::put);
  }

  @AfterAll
  static void stop() {
    estate.close();
  }

  private static List<Integer> heard(TwilioCaller caller) {
    return ToneCode.ids(caller.recording().join().heard());
  }

  private static List<Integer> ids(List<String> sentences) {
    return sentences.stream().map(ScriptedVoice::idOf).toList();
  }

  /// Waits until the caller has heard the whole greeting.
  private static void hearTheGreeting(TwilioCaller caller) {
    List<Integer> greeting = ids(estate.agent().agent().greeting().sentences());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(heard(caller)).startsWith(greeting.toArray(Integer[]::new)));
    caller.agentSilentFor(Duration.ofMillis(400)).join();
  }

  /// Says a tone, and gives what was heard from then on once the agent has fallen silent again.
  private static List<Integer> answerTo(TwilioCaller caller, int tone) {
    int before = heard(caller).size();
    caller.say(ToneCode.encode(tone, 900)).join();
    caller
        .agentAnswered(Duration.ofSeconds(1))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    List<Integer> all = heard(caller);
    return new ArrayList<>(all.subList(before, all.size()));
  }

  /// The texts of the call's sentences, whose ids must be what was heard.
  private static List<String> said(CallId call) {
    return estate.log().of(call, TurnEvent.Sentence.class).stream()
        .map(TurnEvent.Sentence::text)
        .toList();
  }

  @Test
  void anOrderIsAskedForFoundAtTheBackendAndToldInWordsTheCallerHears() {
    TwilioCaller caller = estate.call();
    hearTheGreeting(caller);
    List<Integer> question = answerTo(caller, WHERE_IS_MY_ORDER);
    List<Integer> answer = answerTo(caller, ORDER_NUMBER);
    caller.hangUp().join();

    CallId call = Estate.idOf(caller);
    List<String> said = said(call);
    int greeting = estate.agent().agent().greeting().sentences().size();
    assertThat(question)
        .isNotEmpty()
        .isEqualTo(ids(said.subList(greeting, greeting + question.size())));
    assertThat(answer).isNotEmpty();
    assertThat(heard(caller)).isEqualTo(ids(said));
    assertThat(String.join(" ", said)).contains(order.item());
    WholeLog log = estate.log();
    assertThat(log.of(call, CallEvent.ToolDone.class)).hasSize(1);
    assertThat(log.of(call, TranscriptEvent.Final.class)).hasSize(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(estate.log().of(call, CallEvent.Ended.class)).hasSize(1));
  }

  @Test
  void aPoisonRecordOfOneCallIsADeadLetterAndAnotherCallGoesOnUndisturbed() throws Exception {
    TwilioCaller poisoned = estate.call();
    TwilioCaller other = estate.call();
    hearTheGreeting(poisoned);
    hearTheGreeting(other);
    int before = estate.log().deadLetters().size();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(estate.cluster().kafka().producer(Duration.ZERO))) {
      byte[] key = Estate.idOf(poisoned).value().getBytes(StandardCharsets.UTF_8);
      for (Topic topic : new Topic[] {Topic.TRANSCRIPTS, Topic.INTENTS, Topic.SENTENCES}) {
        producer
            .send(
                new ProducerRecord<>(
                    estate.cluster().kafka().topic(topic), key, new byte[] {0, 0, 0, 0, 99, 1, 2}))
            .get();
      }
    }
    List<Integer> answer = answerTo(other, THANKS);
    assertThat(answer).isNotEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(estate.log().deadLetters().size()).isGreaterThanOrEqualTo(before + 3));
    // The call the poison came under has lost nothing either: the records were nobody's.
    assertThat(answerTo(poisoned, THANKS)).isNotEmpty();
    poisoned.hangUp().join();
    other.hangUp().join();
    assertThat(heard(other)).isEqualTo(ids(said(Estate.idOf(other))));
  }

  @Test
  void everyRecordOfACallHasItsIdAndCanBeReadBackWithTheRegistrysSchemas() {
    TwilioCaller caller = estate.call();
    hearTheGreeting(caller);
    caller.hangUp().join();
    CallId call = Estate.idOf(caller);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(estate.log().of(call, CallEvent.Ended.class)).hasSize(1));
    List<VoxEvent> events = estate.log().of(call, VoxEvent.class);
    assertThat(events.stream().map(Topic::of))
        .contains(Topic.AUDIO_IN, Topic.SENTENCES, Topic.AUDIO_OUT, Topic.CALLS);
  }
}
