package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.nlu.scripted.WordEmbedder;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.testkit.StepLab;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NluStepTest {
  static final CallId CALL = new CallId("call-1");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final AgentBundle AGENT =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: shop
              greeting: {hello: Hello., disclosure: I'm a machine.}
              voice: {engine: scripted}
              intents:
                - name: order_status
                  flow: order_status
                  examples: [where is my order, track my order please, has my order shipped, order status, when does my order come]
                - name: person
                  action: transfer
                  examples: [a person please, let me talk to a person, i want a real person, person, connect me with a person]
              flows:
                - name: order_status
                  slots:
                    - {name: orderId, type: orderId, length: 5, ask: Which order?}
                  say: Here it is.
              transfer: {number: "+15550100"}
              """,
              "test"),
          List.of());

  private final NluWorker worker = NluWorker.scripted(NEW_YORK);

  private static CallEvent.Started started() {
    // Still the 24th in New York.
    return new CallEvent.Started(
        CALL,
        Instant.parse("2026-11-25T02:00:00Z"),
        "twilio",
        "CA1",
        "inbound",
        "+1555",
        "+1556",
        AGENT.key(),
        Map.of());
  }

  static StepLab lab(NluWorker worker) {
    worker.learn(AGENT).join();
    return new StepLab(worker, started(), AGENT);
  }

  static TranscriptEvent.Final said(int utterance, String text) {
    return new TranscriptEvent.Final(
        CALL, Instant.EPOCH, utterance, text, 0.87, List.of(), 1_000, 2_000, 2_300, "scripted", 40);
  }

  private static List<Understood> understood(StepLab lab) {
    return lab.emitted(Understood.class);
  }

  @Test
  void anUtteranceIsUnderstoodWithTheTranscriptsWordsTimesAndConfidence() {
    StepLab lab = lab(worker).give(said(1, "Where is my order?")).work();
    Understood understood = understood(lab).getFirst();
    assertThat(understood.intent()).isEqualTo("order_status");
    assertThat(understood.isFinal()).isTrue();
    assertThat(understood.utterance()).isEqualTo(1);
    assertThat(understood.text()).isEqualTo("Where is my order?");
    assertThat(understood.recognition()).isEqualTo(0.87);
    assertThat(List.of(understood.onsetMs(), understood.endMs(), understood.mediaMs()))
        .containsExactly(1_000L, 2_000L, 2_300L);
    assertThat(understood.language()).isEqualTo("en");
    assertThat(understood.alternatives().getFirst().label()).isEqualTo("order_status");
  }

  @Test
  void wordsOfAnotherLanguageAreToldAndOfFewNothingIsKnown() {
    StepLab lab =
        lab(worker)
            .give(said(1, "Quisiera saber dónde está mi pedido."))
            .give(said(2, "Four five."))
            .work();
    assertThat(understood(lab))
        .extracting(Understood::utterance, Understood::language)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(1, "es"),
            org.assertj.core.groups.Tuple.tuple(2, null));
  }

  @Test
  void whatTheAgentDoesNotKnowIsUnsure() {
    StepLab lab = lab(worker).give(said(1, "Turn off the lights in the kitchen.")).work();
    assertThat(understood(lab).getFirst().intent()).isEqualTo(Understood.UNSURE);
  }

  @Test
  void idsHaveTheLengthsOfTheAgentsSlotsAndDaysAreTheCallersOwn() {
    StepLab lab =
        lab(worker).give(said(1, "It's four five eight seven one, call me tomorrow.")).work();
    assertThat(understood(lab).getFirst().entities())
        .extracting(Entity::kind, Entity::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple("orderId", "45871"),
            org.assertj.core.groups.Tuple.tuple("date", "2026-11-25"));
  }

  @Test
  void whatTheDialogueAwaitsDecidesWhatSoundAlikesAre() {
    StepLab lab = lab(worker);
    lab.give(said(1, "for five eight seven won")).work();
    lab.give(new CallEvent.Expects(CALL, Instant.EPOCH, 1, CallEvent.Answer.DIGITS, 5));
    lab.give(said(2, "for five eight seven won")).work();
    assertThat(understood(lab))
        .extracting(
            each -> each.entities().stream().anyMatch(entity -> entity.value().equals("45871")))
        .containsExactly(false, true);
  }

  @Test
  void utterancesAreAnsweredInAnyOrderAndTheStepRestsOnlyWhenAllAre() {
    StepLab lab = lab(worker).give(said(1, "Where is my order?")).give(said(2, "A person please."));
    assertThat(lab.step().atRest()).isFalse();
    lab.work();
    assertThat(understood(lab)).extracting(Understood::utterance).containsExactlyInAnyOrder(1, 2);
    assertThat(lab.step().atRest()).isTrue();
  }

  @Test
  void aTakeoverRepeatsNothingAndLosesNothing() {
    StepLab lab =
        lab(worker)
            .holdCheckpoints()
            .give(said(1, "Where is my order?"))
            .work()
            .give(said(2, "A person please."));
    lab.takeOver().work();
    assertThat(understood(lab)).extracting(Understood::identity).containsExactly("F1", "F2");
  }

  @Test
  void anEmbedderThatFailsIsAnErrorAndNumbersAreStillUnderstood() {
    AtomicBoolean isBroken = new AtomicBoolean();
    WordEmbedder words = new WordEmbedder();
    NluWorker shaky =
        new NluWorker(
            text -> {
              if (isBroken.get()) {
                throw new IllegalStateException("broken");
              }
              return words.embed(text);
            },
            NEW_YORK);
    StepLab lab = lab(shaky);
    isBroken.set(true);
    lab.give(said(1, "Where is order 45871?")).work();
    assertThat(understood(lab).getFirst().intent()).isEqualTo("order_status");
    assertThat(understood(lab).getFirst().entities()).extracting(Entity::value).contains("45871");
    assertThat(lab.emitted(CallEvent.Error.class))
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).doesNotContain("45871"));
    lab.give(said(2, "Where is my order?")).work();
    assertThat(understood(lab).getLast().intent()).isEqualTo(Understood.UNSURE);
    isBroken.set(false);
    lab.give(said(3, "Where is my order?")).work();
    assertThat(understood(lab).getLast().intent()).isEqualTo("order_status");
  }

  @Test
  void utterancesThatComeWhileTheAgentIsLearntWait() {
    CountDownLatch mayLearn = new CountDownLatch(1);
    WordEmbedder words = new WordEmbedder();
    NluWorker slow =
        new NluWorker(
            text -> {
              try {
                mayLearn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return words.embed(text);
            },
            NEW_YORK);
    StepLab lab = new StepLab(slow, started(), AGENT).give(said(1, "Where is my order?")).work();
    assertThat(understood(lab)).isEmpty();
    mayLearn.countDown();
    slow.learn(AGENT).join();
    await().untilAsserted(() -> assertThat(lab.asked()).isNotEmpty());
    assertThat(understood(lab.work()))
        .extracting(Understood::intent)
        .containsExactly("order_status");
  }

  @Test
  void anAgentThatCannotBeLearntIsToldAndTriedAgainWithTheNextUtterance() {
    CountDownLatch mayLearn = new CountDownLatch(1);
    AtomicBoolean isBroken = new AtomicBoolean(true);
    WordEmbedder words = new WordEmbedder();
    NluWorker shaky =
        new NluWorker(
            text -> {
              try {
                mayLearn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              if (isBroken.get()) {
                throw new IllegalStateException("broken");
              }
              return words.embed(text);
            },
            NEW_YORK);
    StepLab lab = new StepLab(shaky, started(), AGENT).give(said(1, "Where is my order?"));
    mayLearn.countDown();
    await().untilAsserted(() -> assertThat(understood(lab)).hasSize(1));
    assertThat(understood(lab).getFirst().intent()).isEqualTo(Understood.UNSURE);
    isBroken.set(false);
    lab.give(said(2, "Where is my order?"));
    await().untilAsserted(() -> assertThat(lab.asked()).isNotEmpty());
    assertThat(understood(lab.work()).getLast().intent()).isEqualTo("order_status");
  }
}
