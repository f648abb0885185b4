package dev.voxlog.cli.fleet;

import dev.voxlog.cli.RunningFile;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/// What the stages of a run stand on, `voxlog run --infra-only` in a folder: brokers and the
/// registry with the agent published, all ports free ones.
public final class LocalGround implements AutoCloseable {
  /// Settings with which new calls are taken however far the stages are behind: for where they are
  /// taken away on purpose, or restarted all the time, and what is looked at is whether calls go
  /// on.
  public static final Map<String, String> PATIENT =
      Map.of("ingress.overload.stageLag", "1h", "ingress.overload.engineWait", "1h");

  private static final Pattern READY = Pattern.compile("^Voxlog's infrastructure is ready");
  private static final Pattern ACME = Pattern.compile("Acme's backend is ready on (\\S+)");
  private static final String HEAP = "256m";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChildProcess process;
  private final Path data;

  private LocalGround(ChildProcess process, Path data) {
    this.process = process;
    this.data = data;
  }

  /// Returns when workers can start. `settings` are those of the whole estate.
  public static LocalGround start(
      Path folder, Path agent, int brokers, Map<String, String> settings)
      throws InterruptedException {
    return start(folder, agent, brokers, settings, Map.of());
  }

  /// With variables for the process of the registry and for the brokers.
  public static LocalGround start(
      Path folder,
      Path agent,
      int brokers,
      Map<String, String> settings,
      Map<String, String> variables)
      throws InterruptedException {
    Path data = folder.resolve("data");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--infra-only", "--agent", agent.toString()));
    arguments.addAll(List.of("--data", data.toString(), "--port", "0", "--broker-port", "0"));
    arguments.addAll(List.of("--registry-port", "0", "--acme-port", "0"));
    arguments.addAll(List.of("--brokers", Integer.toString(brokers)));
    arguments.addAll(
        List.of("--config", write(folder.resolve("server.properties"), settings).toString()));
    ChildProcess process =
        ChildProcess.start(ChildProcess.Jvm.ofHeap(HEAP).with(variables), arguments);
    try {
      process.await(READY, PATIENCE);
      return new LocalGround(process, data);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  public static Path write(Path file, Map<String, String> settings) {
    Properties properties = new Properties();
    settings.forEach(properties::setProperty);
    try {
      StringWriter text = new StringWriter();
      properties.store(text, null);
      return Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The process of the registry; the brokers are its children.
  public long pid() {
    return process.pid();
  }

  /// The brokers' processes.
  public List<Long> brokers() {
    return process.children();
  }

  public Path data() {
    return data;
  }

  /// The settings with which workers, and readers of the log, find it.
  public Path settings() {
    return RunningFile.in(data);
  }

  /// For readers of the log.
  public Cluster cluster() {
    return new Cluster(Settings.read(new Settings.Given(settings(), Map.of(), List.of())));
  }

  /// Variables with which workers find the demo agent's backend.
  public Map<String, String> variables() {
    String address = process.find(ACME);
    if (address == null) {
      throw new IllegalStateException("nothing is told of Acme's backend");
    }
    return Map.of("ACME_URL", address);
  }

  /// Whether all of it still runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// The process of a broker, counted from 0; of one that was started again, the last.
  public long brokerPid(int instance) {
    Pattern told = Pattern.compile("Broker %d is process (\\d+)".formatted(instance + 1));
    String pid = process.findLast(told);
    if (pid == null) {
      throw new IllegalStateException("nothing is told of broker " + (instance + 1));
    }
    return Long.parseLong(pid);
  }

  @Override
  public void close() {
    process.terminate();
    try {
      process.end(Duration.ofSeconds(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
    process.keepOutput(data.resolveSibling("infrastructure.log"));
  }
}
