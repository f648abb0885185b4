package dev.voxlog.cli.chaos;

import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What calls are made to: one broker with its registry, the agent's tool, and a fleet of worker
/// processes with scripted engines that understand these lines.
final class Site implements AutoCloseable {
  private final ToolServer tool;
  private final LocalGround ground;
  private final ChildProcess.Jvm jvm;
  private final WorkerFleet fleet;
  private final FleetHealth health;

  private Site(ToolServer tool, LocalGround ground, ChildProcess.Jvm jvm, Path outputs) {
    this.tool = tool;
    this.ground = ground;
    this.jvm = jvm;
    this.fleet = new WorkerFleet(ground.settings(), outputs, jvm);
    this.health = new FleetHealth(fleet, cluster());
  }

  /// Without workers; `more` are settings of all of them.
  static Site open(Path folder, Lines lines, Map<String, String> more) throws InterruptedException {
    Map<String, String> settings = new HashMap<>(LocalGround.PATIENT);
    settings.putAll(more);
    settings.put("engines.kind", "scripted");
    lines.phrases().forEach((tone, words) -> settings.put("engines.phrases." + tone, words));
    ToolServer tool = ToolServer.start();
    try {
      ChildProcess.Jvm jvm =
          ChildProcess.Jvm.ofHeap("192m").with(Map.of(ChaosAgent.TOOL_VARIABLE, tool.address()));
      Path agent = ChaosAgent.writeTo(folder.resolve("agent"));
      LocalGround ground = LocalGround.start(folder, agent, 1, settings);
      return new Site(tool, ground, jvm, folder.resolve("workers"));
    } catch (RuntimeException | InterruptedException e) {
      tool.close();
      throw e;
    }
  }

  WorkerFleet fleet() {
    return fleet;
  }

  /// The JVM that workers are started with.
  ChildProcess.Jvm jvm() {
    return jvm;
  }

  Cluster cluster() {
    return new Cluster(Settings.read(new Settings.Given(ground.settings(), Map.of(), List.of())));
  }

  static URI webhook(int port) {
    return URI.create("http://127.0.0.1:" + port + "/twilio/voice");
  }

  /// Waits until these places, all of one stage, share its partitions.
  void awaitShared(Slot... slots) {
    health.awaitShared(slots);
  }

  String get(URI uri) {
    return health.get(uri);
  }

  /// What the log knows now.
  LogWitness log() {
    return LogWitness.read(cluster());
  }

  /// Judges all calls that were made here; the witnesses are those of [LogWitness#with].
  Verdict verdict(List<CallWitness> calls) {
    return Verdict.of(calls, tool.asked());
  }

  @Override
  public void close() {
    fleet.close();
    ground.close();
    tool.close();
    health.close();
  }
}
