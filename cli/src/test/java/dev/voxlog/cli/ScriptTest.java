package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions of the script ./voxlog, each called by itself.
@Timeout(60)
class ScriptTest {
  private static final String TAKE =
      """
      lock=$root/.voxlog/build.lock
      say() { printf '%s\\n' "$*"; }
      take_lock
      say "taken by $(cat "$lock/pid") of $$"
      """;

  private static final String KEEP =
      """
      flags=() jdk=$root/jdk
      class_path() { printf '%s' "$root/one.jar:$root/an other.jar"; }
      keep_classes "$@"
      printf '%s\\n' "${flags[@]}"
      """;

  @TempDir Path root;

  @Test
  void aLockWhoseOwnerWasKilledBeforeItSaidWhoItIsIsTakenAfterAWhile() throws Exception {
    Files.createDirectories(lock());

    assertThat(call("take_lock", TAKE, 30))
        .contains("its lock is " + lock())
        .containsPattern("taken by (\\d+) of \\1");
  }

  @Test
  void aLockOfADeadOwnerIsTakenAtOnceAndOneOfALiveOwnerIsNot() throws Exception {
    Files.createDirectories(lock());
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lock().resolve("pid"), Long.toString(gone.pid()));
    assertThat(call("take_lock", TAKE, 30)).doesNotContain("waiting").contains("taken by");

    Files.createDirectories(lock());
    Files.writeString(lock().resolve("pid"), Long.toString(ProcessHandle.current().pid()));
    assertThat(call("take_lock", TAKE, 9)).contains("waiting for it").doesNotContain("taken by");
  }

  @Test
  void theClassesOfARunAreKeptUnlessItDidNotComeToBeReady() throws Exception {
    assertThat(call("keep_classes", KEEP, 30, "run", "--port", "8080"))
        .contains("-XX:SharedArchiveFile=" + classes().resolve("run.jsa"))
        .contains("-Dvoxlog.classes=" + classes());
    Path mark = classes().resolve("unready");
    Path ofAWholeStart = Files.createFile(classes().resolve("run.jsa"));
    Files.setLastModifiedTime(ofAWholeStart, FileTime.from(Instant.now().minusSeconds(60)));
    Path ofThisStart = Files.createFile(classes().resolve("broker.jsa"));
    Files.setLastModifiedTime(ofThisStart, FileTime.from(Instant.now().plusSeconds(60)));

    call("keep_classes", KEEP, 30, "run");
    assertThat(ofThisStart).doesNotExist();
    assertThat(ofAWholeStart).exists();
    assertThat(mark).exists();

    Files.delete(mark);
    Files.setLastModifiedTime(ofAWholeStart, FileTime.from(Instant.now().plusSeconds(60)));
    call("keep_classes", KEEP, 30, "run");
    assertThat(ofAWholeStart).exists();
  }

  /// A JVM would take nothing of them, and leave them where they are.
  @Test
  void classesOfOtherJarsOrOfAnotherJdkAreNotKept() throws Exception {
    Path jar = Files.writeString(root.resolve("an other.jar"), "classes");
    Path release = Files.createDirectories(root.resolve("jdk")).resolve("release");
    Files.writeString(release, "JAVA_VERSION=\"25.0.3\"");
    call("keep_classes", KEEP, 30, "run");
    for (Path changed : List.of(jar, release)) {
      Files.delete(classes().resolve("unready"));
      Path archive = Files.createFile(classes().resolve("run.jsa"));
      call("keep_classes", KEEP, 30, "run");
      assertThat(archive).as("nothing has changed").exists();

      Files.delete(classes().resolve("unready"));
      Files.writeString(changed, "something longer than before");
      call("keep_classes", KEEP, 30, "run");
      assertThat(archive).as("%s is another", changed).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --help", "run --engines=stub", "run --infra-only", "worker run", ""})
  void ofWhatLoadsOtherClassesNoneAreKept(String arguments) throws Exception {
    assertThat(call("keep_classes", KEEP, 30, arguments.split(" "))).isBlank();
    assertThat(classes()).doesNotExist();
  }

  private Path lock() {
    return root.resolve(".voxlog/build.lock");
  }

  private Path classes() {
    return root.resolve(".voxlog/classes");
  }

  /// What `body`, which calls the script's `function`, prints within so many seconds.
  private String call(String function, String body, int seconds, String... arguments)
      throws IOException, InterruptedException {
    String beginning =
        """
        set -euo pipefail
        root=$1
        eval "$(sed -n '/^%s()/,/^}/p' "$2")"
        shift 2
        """;
    Path said = root.resolve("said");
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    command.addAll(List.of(beginning.formatted(function) + body, "bash"));
    command.addAll(List.of(root.toString(), script().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
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
