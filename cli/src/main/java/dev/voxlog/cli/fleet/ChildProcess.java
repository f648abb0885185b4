package dev.voxlog.cli.fleet;

import dev.voxlog.local.JvmFlags;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `voxlog` command as a process of its own, on this process's class path; its output is kept
/// line by line. Safe from any thread.
public final class ChildProcess implements AutoCloseable {
  private static final String MAIN = "dev.voxlog.cli.Voxlog";

  private final Process process;
  private final Thread collecting;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    // Not a virtual one: waiting for a pipe, it would keep its carrier.
    this.collecting =
        Thread.ofPlatform()
            .daemon()
            .name("output-" + process.pid())
            .start(() -> collect(process.inputReader(StandardCharsets.UTF_8)));
  }

  /// How a child's JVM is started: its heap, the clone it belongs to, variables over the
  /// environment, of which no Voxlog setting but the models' place is handed on, flags, and classes
  /// that come before ours.
  public record Jvm(
      String heap,
      Path home,
      Map<String, String> variables,
      List<String> flags,
      List<Path> classes) {
    /// Starts with half the CPU, and never gets as fast.
    public static final List<String> FOR_MANY_STARTS = List.of("-XX:TieredStopAtLevel=1");

    public Jvm {
      variables = Map.copyOf(variables);
      flags = List.copyOf(flags);
      classes = List.copyOf(classes);
    }

    public Jvm(String heap, Path home, Map<String, String> variables, List<String> flags) {
      this(heap, home, variables, flags, List.of());
    }

    /// With the home of this process, [#FOR_MANY_STARTS].
    public static Jvm ofHeap(String heap) {
      return new Jvm(heap, ownHome(), Map.of(), FOR_MANY_STARTS);
    }

    /// The same, as a user's runs: started once and fast.
    public static Jvm ofUsers(String heap) {
      return new Jvm(heap, ownHome(), Map.of(), List.of());
    }

    private static Path ownHome() {
      return Path.of(System.getProperty("voxlog.home", ""));
    }

    public Jvm with(Map<String, String> more) {
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(more);
      return new Jvm(heap, home, all, flags, classes);
    }

    public Jvm with(List<String> moreFlags) {
      List<String> all = new ArrayList<>(flags);
      all.addAll(moreFlags);
      return new Jvm(heap, home, variables, all, classes);
    }

    /// With classes of another version.
    public Jvm with(Path otherClasses) {
      return new Jvm(heap, home, variables, flags, List.of(otherClasses));
    }
  }

  /// Starts the command with these arguments.
  public static ChildProcess start(Jvm jvm, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + jvm.heap(),
                "-Dvoxlog.home=" + jvm.home().toAbsolutePath().normalize()));
    command.addAll(JvmFlags.ALL);
    command.addAll(jvm.flags());
    command.addAll(
        List.of(
            "-cp",
            Stream.concat(jvm.classes().stream(), classPath().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            MAIN));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("VOXLOG_") && !name.startsWith("VOXLOG_MODELS"));
    builder.environment().putAll(jvm.variables());
    try {
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds what it has printed so far to a file.
  public void keepOutput(Path file) {
    try {
      Files.write(file, lines(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// That of this process, in tests without their own log settings.
  public static List<Path> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(each -> !each.endsWith("test-classes"))
        .map(Path::of)
        .toList();
  }

  private void collect(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  /// What it has printed so far.
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// The first group of the first line so far that matches, or the whole match if it has none.
  public @Nullable String find(Pattern wanted) {
    return find(wanted, lines);
  }

  /// As [#find], of the last line that matches.
  public @Nullable String findLast(Pattern wanted) {
    return find(wanted, lines().reversed());
  }

  private static @Nullable String find(Pattern wanted, List<String> lines) {
    for (String line : lines) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      }
    }
    return null;
  }

  /// Waits for a line that matches.
  ///
  /// @throws IllegalStateException with all output, if it ends or the time is up first
  public String await(Pattern wanted, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    boolean goesOn = true;
    while (true) {
      String found = find(wanted);
      if (found != null) {
        return found;
      }
      if (!goesOn || System.nanoTime() > until) {
        throw new IllegalStateException(
            "no line like '" + wanted + "' in:\n" + String.join("\n", lines));
      }
      goesOn = !process.waitFor(20, TimeUnit.MILLISECONDS);
      if (!goesOn) {
        collecting.join(Duration.ofSeconds(5));
      }
    }
  }

  /// The ids of the processes it has started, such as its brokers.
  public List<Long> children() {
    return process.toHandle().children().map(ProcessHandle::pid).toList();
  }

  /// Asks it to end, as service managers and Ctrl-C do.
  public void terminate() {
    // Process.destroy would close the pipe before the last lines are read.
    process.toHandle().destroy();
  }

  /// Stops it in mid-instruction, until [#resume].
  public void pause() throws InterruptedException {
    Signals.send("STOP", process.pid());
  }

  public void resume() throws InterruptedException {
    Signals.send("CONT", process.pid());
  }

  /// Waits for its end.
  ///
  /// @return the exit code, null if it still runs
  public @Nullable Integer end(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return null;
    }
    collecting.join(patience);
    return process.exitValue();
  }

  /// As kill −9.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
