package dev.voxlog.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The `voxlog` command as a process of its own, as a user starts it.
final class VoxlogProcess implements AutoCloseable {
  private final Process process;
  private final Thread collecting;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private VoxlogProcess(Process process) {
    this.process = process;
    this.collecting =
        Thread.ofVirtual().start(() -> collect(process.inputReader(StandardCharsets.UTF_8)));
  }

  static VoxlogProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  static VoxlogProcess start(Map<String, String> variables, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dvoxlog.home=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                classPath(),
                Voxlog.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("VOXLOG_") && !name.startsWith("VOXLOG_MODELS"));
    builder.environment().putAll(variables);
    try {
      return new VoxlogProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Without the tests' own log settings.
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return String.join(
        File.pathSeparator,
        List.of(all.split(File.pathSeparator)).stream()
            .filter(each -> !each.endsWith("test-classes"))
            .toList());
  }

  private void collect(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /// Waits for a line that matches, and gives its first group, or the whole if it has none.
  String await(String pattern, Duration patience) {
    Pattern wanted = Pattern.compile(pattern);
    Awaitility.await().atMost(patience).until(() -> find(wanted) != null || !process.isAlive());
    String found = find(wanted);
    if (found == null) {
      throw new AssertionError("no line like '" + pattern + "' in:\n" + String.join("\n", lines));
    }
    return found;
  }

  private @Nullable String find(Pattern wanted) {
    for (String line : lines) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      }
    }
    return null;
  }

  /// TERM, as service managers and Ctrl-C end it; the exit code.
  int terminate(Duration patience) throws InterruptedException {
    // Process.destroy would close the pipe before the last lines are read.
    process.toHandle().destroy();
    return end(patience);
  }

  /// Waits for its own end; the exit code.
  int end(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "still running after " + patience + ":\n" + String.join("\n", lines));
    }
    collecting.join(patience);
    return process.exitValue();
  }

  /// As kill −9.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
