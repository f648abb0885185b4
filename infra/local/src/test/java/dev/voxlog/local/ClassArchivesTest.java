package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchivesTest {
  private static final String ARCHIVES = "voxlog.classes";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(ARCHIVES);
  }

  @Test
  void withoutAFolderNothingIsKept() {
    assertThat(ClassArchives.flags("tool")).isEmpty();
    assertThat(ClassArchives.isOwnMissing()).isFalse();
    ClassArchives.deleteBroken();
    ClassArchives.ready();
  }

  @Test
  void aJvmKeepsWhatItLoadedOnceAndSaysNothingOfIt() throws Exception {
    System.setProperty(ARCHIVES, folder.toString());
    Path archive = folder.resolve("tool.jsa");
    assertThat(run()).startsWith("jar ").hasLineCount(1);
    assertThat(archive).isNotEmptyFile();
    FileTime written = Files.getLastModifiedTime(archive);
    assertThat(run()).startsWith("jar ").hasLineCount(1);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(written);
  }

  @Test
  void anArchiveWhoseWriterWasKilledIsWrittenAnew() throws Exception {
    System.setProperty(ARCHIVES, folder.toString());
    assertThat(run()).startsWith("jar ");
    Path sound = Files.move(folder.resolve("tool.jsa"), folder.resolve("other.jsa"));
    Path archive = folder.resolve("tool.jsa");
    for (byte[] cutShort : new byte[][] {new byte[4096], new byte[0]}) {
      Files.write(archive, cutShort);
      ClassArchives.deleteBroken();
      assertThat(run()).startsWith("jar ").hasLineCount(1);
      assertThat(Files.size(archive)).isGreaterThan(100_000);
    }
    assertThat(sound).exists();
  }

  @Test
  void theProcessWritesAnArchiveWhereThereIsNone() throws Exception {
    System.setProperty(ARCHIVES, folder.toString());
    assertThat(ClassArchives.isOwnMissing()).isTrue();
    Files.writeString(folder.resolve("run.jsa"), "an archive");
    assertThat(ClassArchives.isOwnMissing()).isFalse();
  }

  @Test
  void theScriptsMarkIsTakenAwayOnceAllIsLoaded() throws Exception {
    System.setProperty(ARCHIVES, folder.toString());
    Path mark = Files.createFile(folder.resolve("unready"));
    ClassArchives.ready();
    assertThat(mark).doesNotExist();
    ClassArchives.ready();
  }

  /// What a small program of the JDK prints.
  private static String run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.ALL);
    command.addAll(ClassArchives.flags("tool"));
    command.addAll(List.of("-m", "jdk.jartool/sun.tools.jar.Main", "--version"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
