package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.WireHeaders;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnCluster
@Timeout(180)
class TakeoverIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = SharedCluster.get();
  }

  private static List<CallId> calls(Estate estate) {
    List<CallId> calls = new ArrayList<>();
    for (int partition = 0; partition < Estate.PARTITIONS; partition++) {
      CallId call = Estate.callOn(partition, "call" + partition);
      estate.write(TestCalls.started(call));
      calls.add(call);
    }
    return calls;
  }

  private static void say(Estate estate, List<CallId> calls, int from, int to) {
    for (int utterance = from; utterance <= to; utterance++) {
      for (CallId call : calls) {
        estate.write(TestCalls.words(call, utterance));
      }
    }
  }

  /// Each utterance was answered once, and the number that the state keeps says so too.
  private static void awaitAnswers(Estate estate, List<CallId> calls, int utterances) {
    List<Integer> expected = IntStream.rangeClosed(1, utterances).boxed().toList();
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          for (CallId call : calls) {
            List<Understood> answers = estate.read(Topic.INTENTS, call, Understood.class);
            assertThat(answers)
                .extracting(Understood::utterance)
                .as("%s", call)
                .isEqualTo(expected);
            assertThat(answers)
                .extracting(answer -> (int) answer.confidence())
                .as("%s", call)
                .isEqualTo(expected);
          }
        });
  }

  @Test
  void whatAClosedWorkerLeftIsTakenUpByTheNext() throws Exception {
    try (Estate estate = new Estate(cluster, "closed");
        StageHost host = estate.host()) {
      StageRunner first = host.start(new EchoStage());
      List<CallId> calls = calls(estate);
      say(estate, calls, 1, 3);
      awaitAnswers(estate, calls, 3);
      first.close();
      say(estate, calls, 4, 5);
      try (StageRunner _ = host.start(new EchoStage())) {
        awaitAnswers(estate, calls, 5);
      }
    }
  }

  @Test
  void twoWorkersShareThePartitionsAndOneGoesOnAloneWhenTheOtherIsKilled() throws Exception {
    try (Estate estate = new Estate(cluster, "killed");
        StageHost host = estate.host()) {
      SpoiltClients[] doomed = new SpoiltClients[1];
      StageRunner first =
          estate.start(host, new EchoStage(), clients -> doomed[0] = new SpoiltClients(clients));
      List<CallId> calls = calls(estate);
      say(estate, calls, 1, 2);
      awaitAnswers(estate, calls, 2);
      try (StageRunner second = host.start(new EchoStage())) {
        await()
            .atMost(SOON)
            .until(() -> !second.partitions().isEmpty() && !first.partitions().isEmpty());
        say(estate, calls, 3, 4);
        awaitAnswers(estate, calls, 4);
        doomed[0].kill();
        say(estate, calls, 5, 6);
        await().atMost(SOON).until(() -> second.partitions().size() == Estate.PARTITIONS);
        awaitAnswers(estate, calls, 6);
      } finally {
        doomed[0].wake();
        first.close();
      }
    }
  }

  @Test
  void whatAPausedWorkerWritesAfterItsPartitionsWentIsVoid() throws Exception {
    try (Estate estate = new Estate(cluster, "paused");
        StageHost host = estate.host()) {
      SpoiltClients[] paused = new SpoiltClients[1];
      CountDownLatch engine = new CountDownLatch(1);
      EchoStage slow =
          new EchoStage(text -> {
            if (text.equals("words 2")) {
              try {
                engine.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "late";
            }
            return text;
          });
      StageRunner zombie =
          estate.start(host, slow, clients -> paused[0] = new SpoiltClients(clients));
      CallId call = Estate.callOn(1, "call");
      estate.write(TestCalls.started(call));
      say(estate, List.of(call), 1, 2);
      awaitAnswers(estate, List.of(call), 1);

      paused[0].pause();
      try (StageRunner next = host.start(new EchoStage())) {
        await().atMost(SOON).until(() -> next.partitions().size() == Estate.PARTITIONS);
        awaitAnswers(estate, List.of(call), 2);
        engine.countDown();
        await().atMost(SOON).until(() -> intents(estate).contains("late"));

        assertThat(estate.read(Topic.INTENTS, call, Understood.class))
            .extracting(Understood::intent)
            .containsExactly("words 1", "words 2");
        paused[0].wake();
        await().atMost(SOON).until(() -> !zombie.partitions().isEmpty());
        say(estate, List.of(call), 3, 3);
        awaitAnswers(estate, List.of(call), 3);
      } finally {
        paused[0].wake();
        zombie.close();
      }
    }
  }

  @Test
  void anOwnerWhomALateMarkerOfAnotherMadeVoidTakesOverAnew() throws Exception {
    try (Estate estate = new Estate(cluster, "late-marker");
        StageHost host = estate.host();
        StageRunner _ = host.start(new EchoStage())) {
      List<CallId> calls = calls(estate);
      say(estate, calls, 1, 2);
      awaitAnswers(estate, calls, 2);

      estate.mark(0, new CallEvent.Owner(Instant.now(), StageName.NLU));
      say(estate, calls, 3, 4);

      awaitAnswers(estate, calls, 4);
    }
  }

  @Test
  void theClassicProtocolServesOlderBrokersAndKeepsWhatComesBack() throws Exception {
    try (Estate estate =
            new Estate(cluster, "classic", Map.of(), KafkaSettings.GroupProtocol.CLASSIC);
        StageHost host = estate.host();
        StageRunner first = host.start(new EchoStage())) {
      List<CallId> calls = calls(estate);
      say(estate, calls, 1, 2);
      awaitAnswers(estate, calls, 2);
      StageRunner second = host.start(new EchoStage());
      await()
          .atMost(SOON)
          .until(() ->
              first.partitions().size() + second.partitions().size() == Estate.PARTITIONS
                  && !second.partitions().isEmpty());
      say(estate, calls, 3, 4);
      awaitAnswers(estate, calls, 4);
      second.close();
      say(estate, calls, 5, 6);
      awaitAnswers(estate, calls, 6);
    }
  }

  private static List<String> intents(Estate estate) {
    return estate.stored(Topic.INTENTS).stream()
        .filter(each -> each.event() instanceof Understood)
        .map(each -> ((Understood) each.event()).intent())
        .toList();
  }

  @Test
  void aCallThatOnlyWaitsIsTakenUpTooAndWritesUnderTheNewEpoch() throws Exception {
    try (Estate estate = new Estate(cluster, "waiting");
        StageHost host = estate.host()) {
      List<CallId> calls = calls(estate);
      StageRunner first = host.start(new EchoStage());
      say(estate, calls, 1, 1);
      awaitAnswers(estate, calls, 1);
      first.close();
      try (StageRunner second = host.start(new EchoStage())) {
        await().atMost(SOON).until(() -> second.liveCalls() == calls.size());
        say(estate, calls, 2, 2);
        awaitAnswers(estate, calls, 2);
        List<Long> epochs =
            estate.stored(Topic.INTENTS).stream()
                .filter(each ->
                    each.event() instanceof Understood
                        && calls.getFirst().equals(each.event().callId()))
                .map(each -> WireHeaders.epoch(each.record().headers()))
                .toList();
        assertThat(epochs.getLast()).isGreaterThan(epochs.getFirst());
      }
    }
  }
}
