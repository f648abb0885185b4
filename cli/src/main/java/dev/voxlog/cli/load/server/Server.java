package dev.voxlog.cli.load.server;

import dev.voxlog.cli.Closing;
import dev.voxlog.cli.RunningFile;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is called: its webhook, its processes by what they are called in the report (none where it
/// runs elsewhere), and its log. Whatever it starts is closed by who gave it the place for that.
public sealed interface Server {
  URI webhook();

  Map<String, Long> pids();

  /// One whose log can be read.
  sealed interface Own extends Server {
    Cluster cluster();
  }

  /// Something that runs already, of which nothing but the wire is known.
  record Elsewhere(URI webhook) implements Server {
    @Override
    public Map<String, Long> pids() {
      return Map.of();
    }
  }

  /// A broker and a process for each stage, so that what each takes is a fact of the system's.
  final class Apart implements Own {
    private static final String HEAP = "512m";

    private final LocalGround ground;
    private final WorkerFleet fleet;
    private final URI webhook;

    Apart(Closing open, Path folder, Path agent, Map<String, String> settings)
        throws InterruptedException {
      ground = open.later(LocalGround.start(folder, agent, 1, settings));
      fleet =
          open.later(
              new WorkerFleet(
                  ground.settings(),
                  folder.resolve("workers"),
                  ChildProcess.Jvm.ofUsers(HEAP).with(ground.variables())));
      webhook = URI.create("http://127.0.0.1:" + fleet.start(1) + "/twilio/voice");
    }

    @Override
    public URI webhook() {
      return webhook;
    }

    @Override
    public Map<String, Long> pids() {
      Map<String, Long> pids = new LinkedHashMap<>();
      fleet.pids().entrySet().stream()
          .sorted(Comparator.comparing(each -> each.getKey().stage()))
          .forEach(each -> pids.put(each.getKey().stage().id(), each.getValue()));
      pids.put("registry", ground.pid());
      ground.brokers().forEach(pid -> pids.put("broker", pid));
      return pids;
    }

    @Override
    public Cluster cluster() {
      return ground.cluster();
    }
  }

  /// `voxlog run` as a user starts it: all stages in one process, the broker beside it.
  final class Together implements Own {
    private static final String HEAP = "1g";
    private static final Pattern READY =
        Pattern.compile("^Voxlog is ready: (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_FOR_TERM = Duration.ofSeconds(15);

    private final ChildProcess process;
    private final Path data;
    private final URI webhook;

    Together(Closing open, Path folder, Path agent, Map<String, String> settings)
        throws InterruptedException {
      data = folder.resolve("data");
      Path file = LocalGround.write(folder.resolve("load.properties"), settings);
      List<String> arguments = new ArrayList<>(List.of("run", "--agent", agent.toString()));
      arguments.addAll(List.of("--data", data.toString(), "--port", "0", "--broker-port", "0"));
      arguments.addAll(List.of("--registry-port", "0", "--acme-port", "0"));
      arguments.addAll(List.of("--config", file.toString()));
      process = ChildProcess.start(ChildProcess.Jvm.ofUsers(HEAP), arguments);
      AutoCloseable _ = open.later(this::end);
      webhook = URI.create(process.await(READY, PATIENCE) + "/twilio/voice");
    }

    private void end() {
      process.terminate();
      try {
        Integer _ = process.end(PATIENCE_FOR_TERM);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.close();
      process.keepOutput(data.resolveSibling("run.log"));
    }

    @Override
    public URI webhook() {
      return webhook;
    }

    @Override
    public Map<String, Long> pids() {
      Map<String, Long> pids = new LinkedHashMap<>();
      pids.put("stages", process.pid());
      process.children().forEach(pid -> pids.put("broker", pid));
      return pids;
    }

    @Override
    public Cluster cluster() {
      Path running = RunningFile.in(data);
      return new Cluster(Settings.read(new Settings.Given(running, Map.of(), List.of())));
    }
  }
}
