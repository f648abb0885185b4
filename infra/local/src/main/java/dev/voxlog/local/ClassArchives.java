package dev.voxlog.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The classes that `voxlog run` and its broker have loaded, kept in files that their JVMs map at
/// the next start. The folder is the `voxlog` script's; without one nothing is kept.
public final class ClassArchives {
  private static final Logger log = LoggerFactory.getLogger(ClassArchives.class);

  private static final String FOLDER = "voxlog.classes";

  private ClassArchives() {}

  /// With these a JVM writes the classes it loaded into the file `name` of the folder of archives
  /// when it ends, unless there is one, and maps them at its next start, which takes a third less
  /// CPU. The JVM takes nothing of an archive of other JARs, and leaves it there: the script throws
  /// such ones away. Nothing where there is no such folder.
  static List<String> flags(String name) {
    String folder = System.getProperty(FOLDER);
    // Else the JVM tells of each archive it cannot use, and of modules' flags that the JDK's own
    // archive does not have: nobody can act on it.
    return folder == null
        ? List.of()
        : List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + Path.of(folder, name + ".jsa"),
            "-Xlog:cds*=off",
            "-Xlog:aot*=off");
  }

  /// Whether this very process, whose flags the `voxlog` script gave, has no archive yet and writes
  /// one when it ends, for some seconds.
  public static boolean isOwnMissing() {
    String folder = System.getProperty(FOLDER);
    return folder != null && !Files.exists(Path.of(folder, "run.jsa"));
  }

  /// Says that the classes of a whole start are loaded. What a process writes that ends before, the
  /// script throws away at the next start: it would be too small, and sound for ever.
  public static void ready() {
    String folder = System.getProperty(FOLDER);
    try {
      if (folder != null) {
        Files.deleteIfExists(Path.of(folder, "unready"));
      }
    } catch (IOException e) {
      log.warn("{} cannot be written to; starts may take longer", folder, e);
    }
  }

  /// Deletes archives without a head, of processes that were killed as they wrote: the head comes
  /// last. Of such a file a JVM takes nothing, and not even the JDK's own classes then, for ever.
  static void deleteBroken() {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return;
    }
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(Path.of(folder), "*.jsa")) {
      for (Path archive : archives) {
        if (firstByte(archive) <= 0) {
          Files.delete(archive);
        }
      }
    } catch (IOException e) {
      log.warn("class archives in {} cannot be looked at; starts may take longer", folder, e);
    }
  }

  private static int firstByte(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read();
    }
  }
}
