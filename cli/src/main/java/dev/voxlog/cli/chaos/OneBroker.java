package dev.voxlog.cli.chaos;

import dev.voxlog.cli.RunningFile;
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

/// `voxlog run --infra-only` in a folder: one broker and the registry, all ports free ones.
final class OneBroker implements Ground {
  private static final Pattern READY = Pattern.compile("^Voxlog's infrastructure is ready");
  private static final String HEAP = "256m";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChildProcess process;
  private final Path data;

  private OneBroker(ChildProcess process, Path data) {
    this.process = process;
    this.data = data;
  }

  /// Returns when workers can start. `settings` are those of the whole estate.
  static OneBroker start(Path folder, Map<String, String> settings) throws InterruptedException {
    return start(folder, settings, ChildProcess.Jvm.ofHeap(HEAP));
  }

  /// With variables for both processes.
  static OneBroker start(Path folder, Map<String, String> settings, Map<String, String> variables)
      throws InterruptedException {
    return start(folder, settings, ChildProcess.Jvm.ofHeap(HEAP).with(variables));
  }

  private static OneBroker start(Path folder, Map<String, String> settings, ChildProcess.Jvm jvm)
      throws InterruptedException {
    Path data = folder.resolve("data");
    Path agent = ChaosAgent.writeTo(folder.resolve("agent"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--infra-only", "--agent", agent.toString()));
    arguments.addAll(List.of("--data", data.toString(), "--port", "0", "--broker-port", "0"));
    arguments.addAll(List.of("--registry-port", "0", "--acme-port", "0"));
    arguments.addAll(
        List.of("--config", write(folder.resolve("chaos.properties"), settings).toString()));
    ChildProcess process = ChildProcess.start(jvm, arguments);
    try {
      process.await(READY, PATIENCE);
      return new OneBroker(process, data);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private static Path write(Path file, Map<String, String> settings) {
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

  /// The process of the registry; the broker's is its child.
  long pid() {
    return process.pid();
  }

  Path data() {
    return data;
  }

  @Override
  public Path settings() {
    return RunningFile.in(data);
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
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
  }
}
