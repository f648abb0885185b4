package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The lock that the script ./voxlog takes to build.
@Timeout(60)
class BuildLockTest {
  private static final String TAKE =
      """
      set -euo pipefail
      root=$1 lock=$1/.voxlog/build.lock
      say() { printf '%s\\n' "$*"; }
      eval "$(sed -n '/^take_lock()/,/^}/p' "$2")"
      take_lock
      say "taken by $(cat "$lock/pid") of $$"
      """;

  @TempDir Path root;

  @Test
  void aLockWhoseOwnerWasKilledBeforeItSaidWhoItIsIsTakenAfterAWhile() throws Exception {
    Files.createDirectories(lock());

    assertThat(take(30))
        .contains("its lock is " + lock())
        .containsPattern("taken by (\\d+) of \\1");
  }

  @Test
  void aLockOfADeadOwnerIsTakenAtOnceAndOneOfALiveOwnerIsNot() throws Exception {
    Files.createDirectories(lock());
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lock().resolve("pid"), Long.toString(gone.pid()));
    assertThat(take(30)).doesNotContain("waiting").contains("taken by");

    Files.createDirectories(lock());
    Files.writeString(lock().resolve("pid"), Long.toString(ProcessHandle.current().pid()));
    assertThat(take(9)).contains("waiting for it").doesNotContain("taken by");
  }

  private Path lock() {
    return root.resolve(".voxlog/build.lock");
  }

  private String take(int seconds) throws IOException, InterruptedException {
    Path said = root.resolve("said");
    Process process =
        new ProcessBuilder("bash", "-c", TAKE, "bash", root.toString(), script().toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return Files.readString(said, StandardCharsets.UTF_8);
  }

  private static Path script() {
    return Path.of("..", "voxlog").toAbsolutePath().normalize();
  }
}
