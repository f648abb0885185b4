package dev.voxlog.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The embedded broker as a child process: workers and log die apart, and a fatal fault of the log
/// halts only its own JVM.
public final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts the broker on the directory and waits until it serves. Its log is `broker.log` in
  /// there.
  ///
  /// @throws PortTakenException if the port is taken
  /// @throws IllegalStateException if it does not come up; the message says why
  public static BrokerProcess start(Path directory, int port) {
    try {
      Files.createDirectories(directory);
      Path log = directory.resolve("broker.log");
      ProcessBuilder builder = new ProcessBuilder(command(directory, port));
      builder.redirectError(ProcessBuilder.Redirect.to(log.toFile()));
      Process process = builder.start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = firstWord(out);
      if (line == null || !line.startsWith("READY ")) {
        process.destroyForcibly();
        throw refusal(line, port, log);
      }
      Thread.ofVirtual().start(() -> drain(out));
      return new BrokerProcess(process, Integer.parseInt(line.substring("READY ".length())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the broker", e);
    }
  }

  private static RuntimeException refusal(@Nullable String line, int port, Path log) {
    if (line != null && line.startsWith("TAKEN ")) {
      return new PortTakenException(port, PortTakenException.BROKER_FLAG);
    }
    String reason = line == null ? "it ended without a word" : line.substring("FAILED ".length());
    return new IllegalStateException(
        "the broker did not start: " + reason + " (its log: " + log + ")");
  }

  private static @Nullable String firstWord(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.matches("(READY|TAKEN|FAILED) .*")) {
        return line;
      }
    }
    return null;
  }

  private static void drain(BufferedReader out) {
    try (out) {
      while (out.readLine() != null) {
        continue;
      }
    } catch (IOException e) {
      // The process is gone; nothing is left to read.
      return;
    }
  }

  private static List<String> command(Path directory, int port) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=broker-logback.xml",
            "-cp",
            System.getProperty("java.class.path")
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
            BrokerMain.class.getName(),
            directory.toAbsolutePath().toString(),
            Integer.toString(port)));
    return command;
  }

  public int port() {
    return port;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// For tests of what survives: the broker dies at once, as from kill −9.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /// Closes the child's standard input and waits for a clean end.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    awaitEnd();
  }
}
