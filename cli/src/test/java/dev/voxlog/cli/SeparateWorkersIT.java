package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process for each stage on `run --infra-only`: whichever is killed, the call goes on once it
/// has been started again.
class SeparateWorkersIT {
  private static final int THANKS = 103;

  /// How far the edges of a sound may be told wrong, in samples: 20 ms.
  private static final int EDGE = ToneCode.RATE / 50;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> STAGES =
      List.of("ingress", "stt", "nlu", "llm", "tts", "egress");

  @TempDir Path folder;

  private final Map<String, VoxlogProcess> workers = new TreeMap<>();

  private VoxlogProcess infrastructure() {
    Path agent = TestAgents.patient(folder);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--infra-only",
                "--agent",
                agent.toString(),
                "--data",
                folder.resolve("data").toString()));
    arguments.addAll(
        List.of("--port", "0", "--broker-port", "0", "--registry-port", "0", "--acme-port", "0"));
    arguments.addAll(
        List.of(
            "--set",
            "engines.kind=scripted",
            "--set",
            "engines.phrases." + THANKS + "=thank you very much"));
    return VoxlogProcess.start(arguments.toArray(String[]::new));
  }

  private VoxlogProcess worker(String stage) {
    return VoxlogProcess.start(
        "worker", stage, "--config", RunningFile.in(folder.resolve("data")).toString());
  }

  private VoxlogProcess running(String stage) {
    return Objects.requireNonNull(workers.get(stage));
  }

  private static void awaitReady(VoxlogProcess worker) {
    worker.await(" is ready; health: (http://\\S+)", PATIENCE);
  }

  private static List<Integer> heard(TwilioCaller caller) {
    return ToneCode.ids(caller.recording().join().heard());
  }

  @Test
  void aCallGoesOnAfterAnyStageButIngressWasKilledAndStartedAgain() throws InterruptedException {
    try (VoxlogProcess infrastructure = infrastructure();
        Switchboard switchboard = new Switchboard()) {
      infrastructure.await("^Voxlog's infrastructure is ready", PATIENCE);
      STAGES.forEach(stage -> workers.put(stage, worker(stage)));
      workers.values().forEach(SeparateWorkersIT::awaitReady);
      String port = running("ingress").await("ingress listens on port (\\d+)", PATIENCE);
      TwilioCaller caller =
          switchboard.call(CallPlan.to(URI.create("http://127.0.0.1:" + port + "/twilio/voice")));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(heard(caller)).hasSizeGreaterThanOrEqualTo(3));
      for (String stage : STAGES.subList(1, STAGES.size())) {
        running(stage).kill();
        VoxlogProcess again = worker(stage);
        workers.put(stage, again);
        assertThatTheCallGoesOn(caller, stage);
        awaitReady(again);
      }
      caller.hangUp().join();
      assertThatNothingWasHeardTwice(caller);
      for (String stage : STAGES.reversed()) {
        running(stage).terminate(Duration.ofSeconds(15));
      }
      infrastructure.terminate(Duration.ofSeconds(15));
    } finally {
      workers.values().forEach(VoxlogProcess::close);
    }
  }

  /// Said while the stage is down or just up again: the answer comes once it is back.
  private static void assertThatTheCallGoesOn(TwilioCaller caller, String killed) {
    int before = heard(caller).size();
    caller.say(ToneCode.encode(THANKS, 900)).join();
    await()
        .alias("an answer after " + killed + " was killed")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(heard(caller).size()).isGreaterThan(before));
    caller.agentSilentFor(Duration.ofSeconds(2)).join();
  }

  private void assertThatNothingWasHeardTwice(TwilioCaller caller) {
    Cluster cluster =
        new Cluster(
            Settings.read(
                new Settings.Given(RunningFile.in(folder.resolve("data")), Map.of(), List.of())));
    CallId call = Estate.idOf(caller);
    WholeLog log = WholeLog.read(cluster);
    List<TurnEvent.Sentence> said = once(log.of(call, TurnEvent.Sentence.class));
    List<AgentAudio.Chunk> spoken = once(log.of(call, AgentAudio.Chunk.class));
    List<ToneCode.Sound> heard = ToneCode.sounds(caller.recording().join().heard());
    assertThat(heard.stream().map(ToneCode.Sound::id))
        .containsExactlyElementsOf(
            said.stream().map(sentence -> ScriptedVoice.idOf(sentence.text())).toList());
    for (int i = 0; i < said.size(); i++) {
      TurnEvent.Sentence sentence = said.get(i);
      int samples =
          spoken.stream()
              .filter(chunk ->
                  chunk.turn() == sentence.turn() && chunk.sentence() == sentence.sentence())
              .mapToInt(chunk -> chunk.audio().length())
              .sum();
      assertThat(heard.get(i).samples())
          .as("samples heard of turn %s, sentence %s", sentence.turn(), sentence.sentence())
          .isLessThanOrEqualTo(samples + EDGE);
    }
  }

  /// A record written again has the same identity.
  private static <E extends VoxEvent> List<E> once(List<E> events) {
    Set<String> identities = new HashSet<>();
    return events.stream()
        .filter(event -> identities.add(Objects.requireNonNull(event.identity())))
        .toList();
  }
}
