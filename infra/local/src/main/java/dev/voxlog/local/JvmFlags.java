package dev.voxlog.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every JVM of ours is started with; the `voxlog` script has the same.
public final class JvmFlags {
  /// Of garbage collectors the one that takes least on few cores; objects with small headers, and
  /// large pages where the system has them (a tenth less CPU, docs/performance.md). The last one
  /// bounds the native buffer that each thread keeps between reads and writes, which is else as
  /// large as the largest answer it ever read from a broker.
  public static final List<String> ALL = all(System.getProperty("os.name"));

  private static final Logger log = LoggerFactory.getLogger(JvmFlags.class);

  /// Set by the `voxlog` script: the folder of class archives.
  private static final String ARCHIVES = "voxlog.classes";

  private JvmFlags() {}

  /// With these a JVM writes the classes it loaded into the file `name` of the folder of archives
  /// when it ends, unless there is a sound one, and maps them at its next start, which takes a
  /// third less CPU. The JVM checks by itself that an archive is of these very JARs and of this
  /// JDK, and writes it anew otherwise. Nothing where there is no such folder.
  static List<String> archive(String name) {
    String folder = System.getProperty(ARCHIVES);
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
  public static boolean archives() {
    String folder = System.getProperty(ARCHIVES);
    return folder != null && !Files.exists(Path.of(folder, "run.jsa"));
  }

  /// Says that the classes of a whole start are loaded. Of a process that ends before, the script
  /// throws the archives away at the next start: they would be too small, and sound for ever.
  public static void ready() {
    String folder = System.getProperty(ARCHIVES);
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
  static void deleteBrokenArchives() {
    String folder = System.getProperty(ARCHIVES);
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

  private static List<String> all(String system) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+UseCompactObjectHeaders");
    if (system.equals("Linux")) {
      // Others do not know the flag, and refuse to start.
      flags.add("-XX:+UseTransparentHugePages");
    }
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add("--sun-misc-unsafe-memory-access=allow");
    flags.add("-Djdk.nio.maxCachedBufferSize=262144");
    return List.copyOf(flags);
  }
}
