package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Wav;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People's voices and the built-in engines, two processes of each stage: the words of a call in
/// which they are killed are those of a call in which they are not.
@Tag("long")
class SpeechUnderKillsIT {
  private static final int INSTANCES = 2;
  private static final int KILLS = 20;
  private static final int CALLERS = 3;

  /// Samples: a carrier's frames (160) and the detector's windows (256) meet there, so that each
  /// time the same words are cut into the same windows.
  private static final int GRID = 1_280;

  private static final String FOLDER = "/dev/voxlog/testkit/speech/";
  private static final List<String> RECORDINGS =
      List.of(
          "jfk",
          "lj-eighteen-thirteen",
          "cv-dataset",
          "ps-ten-of-clubs",
          "lj-press-yard",
          "ps-go-forward",
          "cv-go-to-him",
          "ls-wizard",
          "ps-three-cards",
          "cv-know-it",
          "ps-young-man",
          "ps-seven-of-clubs");

  private static final String AGENT =
      """
      name: listener
      persona: You listen.
      languages: [en-US]
      greeting:
        hello: Good day.
        disclosure: I'm an automated assistant.
        question: What can I do?
        uninterruptible: true
      silence:
        repromptAfter: 5m
        reprompts: 1
        goodbyeAfter: 60s
      limits:
        maxCallDuration: 1h
        maxTurns: 1000
      intents:
        - name: help
          action: help
          examples:
            - help
            - what can you do for me
      """;

  /// An answer that has not come by then does not hold up the call.
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @TempDir Path folder;

  /// A caller's run of the recordings, and the words of its finals in the order of the log.
  private record Words(int caller, List<String> finals) {}

  @Test
  void theWordsOfEveryFinalAreThoseOfACallWithoutKills() throws Exception {
    Path agent = Files.writeString(folder.resolve("listener.yaml"), AGENT);
    try (LocalGround ground = LocalGround.start(folder, agent, 1, LocalGround.PATIENT);
        WorkerFleet fleet =
            new WorkerFleet(
                ground.settings(), folder.resolve("workers"), ChildProcess.Jvm.ofHeap("768m"))) {
      URI webhook = URI.create("http://127.0.0.1:" + fleet.start(INSTANCES) + "/twilio/voice");
      List<CallId> first = talk(webhook);
      List<CallId> second = talk(webhook);

      Map<String, Victims> victims =
          WorkerFleet.HIT.stream()
              .collect(
                  Collectors.toMap(
                      StageName::id, stage -> new StageVictims(fleet, stage, INSTANCES)));
      Map<String, Integer> counts =
          victims.keySet().stream().collect(Collectors.toMap(each -> each, _ -> INSTANCES));
      FaultSchedule schedule = new FaultSchedule(3, counts, KILLS, 0, 0, Duration.ofSeconds(8));
      CompletableFuture<Integer> kills =
          CompletableFuture.supplyAsync(() -> {
            try {
              return new FaultMaker(victims, System.out::println).make(schedule.faults()).size();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      List<List<CallId>> killed = new ArrayList<>();
      do {
        killed.add(talk(webhook));
      } while (!kills.isDone());

      assertThat(kills.join()).isEqualTo(KILLS);
      LogWitness log = LogWitness.read(ground.cluster());
      List<Words> one = words(log, first);
      List<Words> other = words(log, second);
      System.out.println("without kills: " + one);
      System.out.println("without kills: " + other);
      for (List<CallId> calls : killed) {
        List<Words> words = words(log, calls);
        System.out.println("with kills:    " + words);
        for (int caller = 0; caller < CALLERS; caller++) {
          assertSame(words.get(caller), one.get(caller), other.get(caller));
        }
      }
    }
  }

  /// Equal to the control, but where the two controls differ from each other.
  private static void assertSame(Words killed, Words one, Words other) {
    assertThat(one.finals()).as("a control heard something").hasSizeGreaterThan(8);
    if (one.finals().size() != other.finals().size()) {
      assertThat(killed.finals().size()).isIn(one.finals().size(), other.finals().size());
      assertThat(List.of(String.join(" ", one.finals()), String.join(" ", other.finals())))
          .contains(String.join(" ", killed.finals()));
      return;
    }
    assertThat(killed.finals()).as("caller %s", killed.caller()).hasSameSizeAs(one.finals());
    for (int i = 0; i < one.finals().size(); i++) {
      assertThat(killed.finals().get(i))
          .as("final %s of caller %s", i, killed.caller())
          .isIn(one.finals().get(i), other.finals().get(i));
    }
  }

  private static List<Words> words(LogWitness log, List<CallId> calls) {
    List<Words> words = new ArrayList<>();
    for (int caller = 0; caller < calls.size(); caller++) {
      words.add(
          new Words(
              caller,
              log.facts(calls.get(caller)).finals().stream()
                  .map(TranscriptEvent.Final::text)
                  .toList()));
    }
    return words;
  }

  /// All callers at once, each with the recordings from another one on.
  private static List<CallId> talk(URI webhook) throws Exception {
    try (Switchboard switchboard = new Switchboard();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CallId>> calls = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        List<String> order = new ArrayList<>(RECORDINGS);
        Collections.rotate(order, -4 * caller);
        calls.add(threads.submit(() -> talk(switchboard.call(CallPlan.to(webhook)), order)));
      }
      List<CallId> ids = new ArrayList<>();
      for (Future<CallId> call : calls) {
        ids.add(call.get());
      }
      return ids;
    }
  }

  private static CallId talk(TwilioCaller phone, List<String> recordings) throws IOException {
    soon(phone.agentAnswered(Duration.ofSeconds(1)));
    for (String recording : recordings) {
      phone.say(pcm(recording), GRID).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      soon(phone.agentAnswered(Duration.ofSeconds(1)));
    }
    phone.hangUp().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return new CallId("twilio-" + phone.callSid());
  }

  private static void soon(CompletableFuture<?> answer) {
    try {
      answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (java.util.concurrent.CompletionException late) {
      if (!(late.getCause() instanceof TimeoutException)) {
        throw late;
      }
    }
  }

  private static short[] pcm(String recording) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SpeechUnderKillsIT.class.getResourceAsStream(FOLDER + recording + ".wav"))) {
      return Pcm.toShorts(Wav.parse(in.readAllBytes()).monoAt(8_000));
    }
  }
}
