package dev.voxlog.cli.load.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CPU time as the system counts it, at one moment: of each process since it began, by name, of
/// this one, and of everything on the machine (empty where the system does not tell).
public record Machine(
    long nanos, Map<String, Duration> processes, Duration generator, Optional<Duration> all) {
  private static final Path STAT = Path.of("/proc/stat");

  /// The clock that `/proc/stat` counts in, on every Linux that Java runs on.
  private static final int TICKS_PER_SECOND = 100;

  /// User, nice, system, irq, softirq and steal (what other virtual machines took) among the
  /// figures of `/proc/stat`.
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  static Machine look(Map<String, Long> pids) {
    Map<String, Duration> processes = new LinkedHashMap<>();
    pids.forEach((name, pid) -> processes.put(name, cpu(ProcessHandle.of(pid))));
    return new Machine(
        System.nanoTime(), processes, cpu(Optional.of(ProcessHandle.current())), busy());
  }

  private static Duration cpu(Optional<ProcessHandle> process) {
    return process.flatMap(each -> each.info().totalCpuDuration()).orElse(Duration.ZERO);
  }

  private static Optional<Duration> busy() {
    if (!Files.isReadable(STAT)) {
      return Optional.empty();
    }
    try {
      String[] figures = Files.readAllLines(STAT).getFirst().split("\\s+");
      long ticks = 0;
      for (int each : BUSY) {
        ticks += Long.parseLong(figures[each]);
      }
      return Optional.of(Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What was used between two looks, in cores. `others` is what else ran on the machine.
  public record Use(
      Duration elapsed, Map<String, Double> processes, double generator, Optional<Double> others) {
    /// All of the server's processes.
    public double server() {
      return processes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  Use since(Machine before) {
    Duration elapsed = Duration.ofNanos(nanos - before.nanos);
    Map<String, Double> cores = new LinkedHashMap<>();
    processes.forEach((name, used) ->
        cores.put(name, share(used, before.processes.getOrDefault(name, Duration.ZERO), elapsed)));
    double own = share(generator, before.generator, elapsed);
    double known = own + cores.values().stream().mapToDouble(Double::doubleValue).sum();
    Optional<Double> others =
        all.flatMap(now -> before.all.map(then -> Math.max(0, share(now, then, elapsed) - known)));
    return new Use(elapsed, cores, own, others);
  }

  private static double share(Duration now, Duration then, Duration elapsed) {
    return (double) now.minus(then).toNanos() / elapsed.toNanos();
  }

  /// What of this machine stands in the way of so many calls, in words, the worst first.
  public static List<String> doubts(int calls) {
    return doubts(
        calls,
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : 0);
  }

  private static List<String> doubts(int calls, long mostFiles) {
    List<String> doubts = new ArrayList<>();
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores < 2) {
      doubts.add("this machine has one core: callers and server will be in each other's way");
    }
    long needed = calls * 2L + 200;
    if (mostFiles > 0 && mostFiles < needed) {
      doubts.add(
          "a process may open %d files, and %d calls need about %d: raise it with ulimit -n"
              .formatted(mostFiles, calls, needed));
    }
    return doubts;
  }
}
