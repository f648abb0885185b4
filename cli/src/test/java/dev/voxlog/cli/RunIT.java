package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.FullDisk;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `voxlog run` as its own process, from the first start to the next one.
class RunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String NUMBER = "+15557046193";

  @TempDir Path folder;

  private VoxlogProcess run(String... more) {
    return runOn(0, more);
  }

  private VoxlogProcess runOn(int port, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--engines",
                "scripted",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                Integer.toString(port)));
    arguments.addAll(List.of("--broker-port", "0", "--registry-port", "0", "--acme-port", "0"));
    arguments.addAll(List.of(more));
    return VoxlogProcess.start(arguments.toArray(String[]::new));
  }

  private Cluster running() {
    return new Cluster(
        Settings.read(
            new Settings.Given(RunningFile.in(folder.resolve("data")), Map.of(), List.of())));
  }

  @Test
  void whatWasSaidBeforeAStopIsReadableAfterTheNextStart() throws Exception {
    CallId call;
    WholeLog before;
    try (VoxlogProcess first = run("--orders", "7")) {
      String url = first.await("^Voxlog is ready: (http://127.0.0.1:\\d+)$", PATIENCE);
      assertThat(String.join("\n", first.lines())).contains("Acme's orders of seed 7: ");
      call = callAndHearTheGreeting(url);
      before = WholeLog.read(running());
      long begun = System.nanoTime();
      first.terminate(Duration.ofSeconds(10));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(first.lines())
          .contains("Stopping …", "Stopped.")
          .doesNotContain("voxlog: not everything closed in time; ending");
      assertThat(RunningFile.in(folder.resolve("data"))).doesNotExist();
    }
    try (VoxlogProcess second = run()) {
      String url = second.await("^Voxlog is ready: (http://127.0.0.1:\\d+)$", PATIENCE);
      WholeLog after = WholeLog.read(running());
      assertThat(after.unreadable()).isZero();
      assertThat(after.of(call, TurnEvent.Sentence.class))
          .isNotEmpty()
          .isEqualTo(before.of(call, TurnEvent.Sentence.class));
      assertThat(after.of(call, CallerAudio.Frame.class))
          .hasSizeGreaterThanOrEqualTo(before.of(call, CallerAudio.Frame.class).size());
      assertThat(after.of(call, AgentAudio.Chunk.class)).isNotEmpty();
      callAndHearTheGreeting(url);
      second.terminate(Duration.ofSeconds(10));
      assertNobodyIsTold(NUMBER, second);
    }
  }

  /// Nor by the logs that all processes of both runs have written.
  private void assertNobodyIsTold(String secret, VoxlogProcess run) throws IOException {
    assertThat(run.lines()).noneMatch(line -> line.contains(secret));
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
      assertThat(logs)
          .extracting(Path::getFileName)
          .asString()
          .contains("voxlog.log", "broker.log");
      for (Path log : logs) {
        assertThat(Files.readString(log)).isNotEmpty().doesNotContain(secret);
      }
    }
  }

  @Test
  void threeBrokersAreAllInTheSettingsOfWhatRunsAndStopAsOne() throws Exception {
    try (VoxlogProcess run = run("--infra-only", "--brokers", "3")) {
      String servers = run.await("^Voxlog's infrastructure is ready: (\\S+)$", PATIENCE);
      assertThat(servers.split(",")).hasSize(3).doesNotHaveDuplicates();
      assertThat(running().bootstrapServers()).isEqualTo(servers);
      assertThat(run.terminate(Duration.ofSeconds(10))).isEqualTo(143);
      assertThat(run.lines())
          .contains("Stopping …", "Stopped.")
          .doesNotContain("voxlog: not everything closed in time; ending");
    }
    try (VoxlogProcess other = run("--infra-only")) {
      assertThat(other.end(PATIENCE)).isEqualTo(Failures.UNAVAILABLE);
      assertThat(String.join("\n", other.lines()))
          .contains("holds the data of 3 brokers, not of 1; start with --brokers 3")
          .doesNotContain("\tat ");
    }
  }

  @Tag("long")
  @Test
  void aBrokerWhoseDiskIsFullEndsTheRunWithTheReasonAndTheFix() throws Exception {
    try (VoxlogProcess run = run("--infra-only")) {
      run.await("^Voxlog's infrastructure is ready: ", PATIENCE);
      FullDisk.befalls(run.children().getFirst());

      assertThat(run.end(PATIENCE)).isEqualTo(Failures.UNAVAILABLE);
      assertThat(String.join("\n", run.lines()))
          .contains("voxlog: Kafka has ended: broker 1 has ended with 1: ")
          .contains("a file has reached the size that its process may write")
          .contains("raise that limit (ulimit -f) and start again: nothing acknowledged is lost");
    }
  }

  private static CallId callAndHearTheGreeting(String url) {
    try (Switchboard switchboard = new Switchboard()) {
      CallPlan plan = CallPlan.to(URI.create(url + "/twilio/voice"));
      CallPlan.Identity who = plan.identity();
      TwilioCaller caller =
          switchboard.call(
              plan.with(new CallPlan.Identity(who.callSid(), who.accountSid(), NUMBER, who.to())));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(ToneCode.ids(caller.recording().join().heard()))
                  .hasSizeGreaterThanOrEqualTo(3));
      caller.hangUp().join();
      return Estate.idOf(caller);
    }
  }

  @Test
  void aBrokenAgentFileStopsTheStartWithLineKeyReasonAndFix() throws Exception {
    Path agent = TestAgents.patient(folder);
    Files.writeString(
        agent, Files.readString(agent).replace("flow: order_status\n", "flow: order_statsu\n"));
    try (VoxlogProcess run = run("--agent", agent.toString())) {
      assertThat(run.end(PATIENCE)).isEqualTo(Failures.MISUSED);
      assertThat(String.join("\n", run.lines()))
          .containsPattern(
              "line \\d+, intents\\[0\\]\\.flow: no flow is named order_statsu\\. Fix: did you mean order_status\\?")
          .doesNotContain("\tat ")
          .doesNotContain("Kafka is ready");
    }
    assertThat(folder.resolve("data").resolve("log")).doesNotExist();
  }

  @Test
  void aTakenPortIsNamedWithTheFlagThatChangesIt() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        VoxlogProcess run = runOn(taken.getLocalPort())) {
      assertThat(run.end(PATIENCE)).isEqualTo(Failures.UNAVAILABLE);
      assertThat(String.join("\n", run.lines()))
          .contains("port " + taken.getLocalPort() + " is taken by another program")
          .contains("--port")
          .doesNotContain("\tat ");
    }
  }
}
