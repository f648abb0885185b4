package dev.voxlog.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.local.PortTakenException;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Weight;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The machine itself: JDK, memory, disk, ports, models.
public final class MachineChecks {
  private static final int JDK = 25;
  private static final long GIB = 1L << 30;

  private final Settings settings;
  private final Path data;
  private final boolean isRunning;

  /// `isRunning` says that `voxlog run` is up on this data folder, so that its ports are taken by
  /// right.
  public MachineChecks(Settings settings, Path data, boolean isRunning) {
    this.settings = settings;
    this.data = data;
    this.isRunning = isRunning;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.add(memory());
    findings.add(disk());
    findings.addAll(ports("ingress.port", 1, "--port"));
    findings.addAll(ports("local.brokerPort", settings.whole("local.brokers"), "--broker-port"));
    findings.addAll(ports("local.registryPort", 1, "--registry-port"));
    findings.addAll(ports("local.acmePort", 1, "--acme-port"));
    findings.add(models());
    return findings;
  }

  private static Finding jdk() {
    String version = Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= JDK
        ? Finding.ok("JDK", version)
        : Finding.bad(
            "JDK",
            version + " is too old",
            "install a JDK 25 and set JAVA_HOME to it: https://adoptium.net");
  }

  private static Finding memory() {
    int cores = Runtime.getRuntime().availableProcessors();
    long bytes =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    String what = "%d cores, %.1f GiB of memory".formatted(cores, bytes / (double) GIB);
    boolean isSmall = cores < 2 || bytes < 3 * GIB;
    return isSmall
        ? Finding.note(
            "machine", what, "voxlog run wants 2 cores and 3 GiB; with less, answers come late")
        : Finding.ok("machine", what);
  }

  private Finding disk() {
    try {
      Files.createDirectories(data);
      FileStore store = Files.getFileStore(data);
      String what = "%.1f GiB free for %s".formatted(store.getUsableSpace() / (double) GIB, data);
      if (!Files.isWritable(data)) {
        return Finding.bad(
            "disk",
            data + " cannot be written",
            "make it yours, or choose another folder with --data");
      }
      return store.getUsableSpace() < GIB
          ? Finding.bad("disk", what, "free at least 1 GiB, or choose another folder with --data")
          : Finding.ok("disk", what);
    } catch (IOException e) {
      return Finding.bad(
          "disk", data + " cannot be used: " + e.getMessage(), "choose another folder with --data");
    }
  }

  private List<Finding> ports(String key, int count, String flag) {
    int first = settings.whole(key);
    return first == 0
        ? List.of(Finding.ok("port 0", key + ": any free port"))
        : IntStream.range(first, first + count).mapToObj(port -> port(key, port, flag)).toList();
  }

  private Finding port(String key, int port, String flag) {
    String area = "port " + port;
    try {
      PortTakenException.check(port, flag);
      return Finding.ok(area, key + " is free");
    } catch (PortTakenException taken) {
      return isRunning
          ? Finding.ok(area, key + " is in use while voxlog run is up")
          : Finding.bad(
              area,
              key + " is taken by another program",
              "stop it, or choose another port with " + flag);
    }
  }

  private Finding models() {
    ModelStore store = new ModelStore(new StageSettings(settings).models());
    List<Weight> missing =
        Models.all().stream().filter(weight -> store.cached(weight).isEmpty()).toList();
    if (missing.isEmpty()) {
      return Finding.ok(
          "models", "all %d are in %s".formatted(Models.all().size(), store.directory()));
    }
    String what =
        "%d of %d are not in %s yet"
            .formatted(missing.size(), Models.all().size(), store.directory());
    if (settings.isSet("models.mirror") || isOnPath("npm")) {
      return Finding.note("models", what, "nothing to do: the next start fetches them");
    }
    return Finding.bad(
        "models",
        what,
        "install Node.js 20 or newer with npm, or set models.mirror to a folder that holds them");
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate)
          || Files.exists(candidate.resolveSibling(program + ".cmd"))) {
        return true;
      }
    }
    return false;
  }
}
