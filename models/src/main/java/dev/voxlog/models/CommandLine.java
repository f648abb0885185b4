package dev.voxlog.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs one of the user's own package clients in a folder, with the user's configuration.
final class CommandLine {
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private CommandLine() {}

  /// What the command printed, and how it ended.
  record Outcome(int exitCode, String output) {
    /// The last lines, which is where package clients say what went wrong.
    String tail() {
      List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }
  }

  /// Who is told, each time `tick` has passed, that the command still runs, and for how long it
  /// has.
  record Waiting(Duration tick, Consumer<Duration> listener) {}

  /// Throws IOException if the program cannot be started.
  static Outcome run(Path folder, String program, List<String> arguments, Waiting waiting)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
      command.addAll(List.of("cmd", "/c"));
    }
    command.add(program);
    command.addAll(arguments);
    Path printed = folder.resolve("output.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      process.getOutputStream().close();
      Duration passed = Duration.ZERO;
      while (!process.waitFor(waiting.tick().toMillis(), TimeUnit.MILLISECONDS)) {
        passed = passed.plus(waiting.tick());
        if (passed.compareTo(LIMIT) >= 0) {
          throw new ModelUnavailableException(
              program + " did not finish within " + LIMIT.toMinutes() + " minutes");
        }
        waiting.listener().accept(passed);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ModelUnavailableException(program + " was interrupted", interrupted);
    } finally {
      process.destroy();
    }
    return new Outcome(
        process.exitValue(), new String(Files.readAllBytes(printed), StandardCharsets.UTF_8));
  }
}
