package dev.voxlog.cli;

import dev.voxlog.cli.fleet.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The `voxlog` command as a process of its own, as a user starts it; what does not come fails the
/// test with all its output.
final class VoxlogProcess implements AutoCloseable {
  private final ChildProcess process;

  private VoxlogProcess(ChildProcess process) {
    this.process = process;
  }

  static VoxlogProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  static VoxlogProcess start(Map<String, String> variables, String... arguments) {
    return new VoxlogProcess(
        ChildProcess.start(
            new ChildProcess.Jvm(
                "512m", Path.of(".."), variables, ChildProcess.Jvm.FOR_MANY_STARTS),
            List.of(arguments)));
  }

  List<String> lines() {
    return process.lines();
  }

  /// Waits for a line that matches, and gives its first group, or the whole if it has none.
  String await(String pattern, Duration patience) {
    try {
      return process.await(Pattern.compile(pattern), patience);
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// TERM, as service managers and Ctrl-C end it; the exit code.
  int terminate(Duration patience) throws InterruptedException {
    process.terminate();
    return end(patience);
  }

  /// Waits for its own end; the exit code.
  int end(Duration patience) throws InterruptedException {
    Integer code = process.end(patience);
    if (code == null) {
      throw new AssertionError(
          "still running after " + patience + ":\n" + String.join("\n", lines()));
    }
    return code;
  }

  /// The ids of the processes it has started.
  List<Long> children() {
    return process.children();
  }

  /// As kill −9.
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
