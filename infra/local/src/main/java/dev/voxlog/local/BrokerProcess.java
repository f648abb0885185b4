package dev.voxlog.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A broker as a child process: workers and log die apart, and a fatal fault of the log halts only
/// its own JVM.
///
/// Its ports and data stay its own when it is killed and started again. Not for use by several
/// threads.
public final class BrokerProcess implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(BrokerProcess.class);

  /// Includes that it writes its class archive when it ends for the first time.
  private static final Duration LEAVING = Duration.ofSeconds(20);

  private final Path directory;
  private final BrokerNode node;
  private Process process;

  /// Where in the log the running process's part begins.
  private volatile long logBegin;

  private boolean isPaused;

  /// Starts it, with `directory` for the data of all brokers; it serves after [#awaitReady].
  BrokerProcess(Path directory, BrokerNode node) {
    this.directory = directory;
    this.node = node;
    this.process = spawn(ProcessBuilder.Redirect.to(log().toFile()));
  }

  private Process spawn(ProcessBuilder.Redirect log) {
    try {
      Files.createDirectories(directory);
      logBegin = log.type() == ProcessBuilder.Redirect.Type.APPEND ? log().toFile().length() : 0;
      Process started = new ProcessBuilder(command()).redirectError(log).start();
      started.onExit().thenAccept(this::tell);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the broker", e);
    }
  }

  private void tell(Process ended) {
    if (ended.exitValue() != 0) {
      logger.error("{}", end(ended));
    }
  }

  private String end(Process ended) {
    return BrokerEnd.read(node.id(), ended.exitValue(), log(), logBegin, node.folder(directory))
        .toString();
  }

  /// Why it does not run any more, and what to do.
  public String end() {
    return end(process);
  }

  /// Waits until clients can connect. Of several brokers, most must have been started.
  ///
  /// @throws PortTakenException if the port is taken
  /// @throws IllegalStateException if it does not come up; the message says why
  void awaitReady() {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    try {
      String line = firstWord(out);
      if (line == null || !line.startsWith("READY ")) {
        process.destroyForcibly();
        throw refusal(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hear the broker", e);
    }
    // A virtual thread that waits for a pipe keeps its carrier. Others replace it at first, but go
    // when there is little to do, and then no virtual thread of this process runs any more.
    Thread.ofPlatform().daemon().name("broker-output-" + node.id()).start(() -> drain(out));
  }

  private RuntimeException refusal(@Nullable String line) {
    if (line != null && line.startsWith("TAKEN ")) {
      return new PortTakenException(node.port(), PortTakenException.BROKER_FLAG);
    }
    String reason = line == null ? "it ended without a word" : line.substring("FAILED ".length());
    return new IllegalStateException(
        "the broker did not start: " + reason + " (its log: " + log() + ")");
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

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!node.isAlone()) {
      // So many JVMs on one machine have no cores left for the second compiler.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(JvmFlags.ALL);
    if (node.isAlone()) {
      // Several that end at the same time would write into one file.
      command.addAll(ClassArchives.flags("broker"));
    }
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Dlogback.configurationFile=broker-logback.xml",
            "-cp",
            System.getProperty("java.class.path")
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
            BrokerMain.class.getName(),
            directory.toAbsolutePath().toString()));
    command.addAll(node.words());
    return command;
  }

  String address() {
    return node.address();
  }

  /// Its number, from 1 on.
  public int id() {
    return node.id();
  }

  /// What it logs, from its first start on.
  public Path log() {
    return directory.resolve("broker" + node.suffix() + ".log");
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// For tests of what survives: it dies at once, as from kill −9.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// After [#kill]: again on its ports and data; returns once clients can connect.
  ///
  /// @throws PortTakenException if another program has taken the port meanwhile
  /// @throws IllegalStateException if it does not come up; the message says why
  public void startAgain() {
    process = spawn(ProcessBuilder.Redirect.appendTo(log().toFile()));
    isPaused = false;
    awaitReady();
  }

  /// For tests: it stands still until [#resume], as a machine without time does.
  public void pause() {
    signal("-STOP");
    isPaused = true;
  }

  /// It goes on as if no time had passed.
  public void resume() {
    signal("-CONT");
    isPaused = false;
  }

  private void signal(String signal) {
    try {
      int status =
          new ProcessBuilder("kill", signal, Long.toString(pid())).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill %s %d gave %d".formatted(signal, pid(), status));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /// Asks for a clean end by closing the child's standard input.
  void stop() {
    try {
      if (isPaused && isAlive()) {
        resume();
      }
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /// Stops it and waits for a clean end.
  @Override
  public void close() {
    stop();
    awaitEnd();
  }
}
