package dev.voxlog.cli.fleet;

import dev.voxlog.schemas.StageName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The JVM's ahead-of-time caches of the stages' workers, with which each start costs half the CPU:
/// hundreds of starts would take the cores from the calls otherwise. A cache is written by a worker
/// that is started and ended once for that.
///
/// The JVM wants a class path of archives only (JEP 483); where it has folders there is no cache.
public final class AheadOfTime {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;

  public AheadOfTime(Path folder) {
    this.folder = folder;
  }

  public static boolean isPossible() {
    return ChildProcess.classPath().stream().noneMatch(Files::isDirectory);
  }

  /// Writes a stage's cache.
  public void learn(StageName stage, ChildProcess.Jvm jvm, List<String> arguments, Pattern ready)
      throws InterruptedException {
    List<String> flags = List.of("-XX:AOTCacheOutput=" + cache(stage));
    try (ChildProcess worker = ChildProcess.start(jvm.with(flags), arguments)) {
      worker.await(ready, PATIENCE);
      worker.terminate();
      if (worker.end(PATIENCE) == null || !Files.exists(cache(stage))) {
        throw new IllegalStateException(
            "no cache of %s was written:%n%s".formatted(stage.id(), worker.lines()));
      }
    }
  }

  /// What a stage's worker is started with; nothing if it has no cache.
  public List<String> flags(StageName stage) {
    return Files.exists(cache(stage))
        ? List.of("-XX:AOTCache=" + cache(stage), "-Xlog:disable", "-Xlog:all=error:stderr")
        : List.of();
  }

  private Path cache(StageName stage) {
    return folder.resolve(stage.id() + ".aot");
  }
}
