package dev.voxlog.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The machine itself: JDK and its flags, memory, disk.
public final class MachineChecks {
  private static final int JDK = 25;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SMALLEST_HEAP = 512 * MIB;

  /// A call's records, both directions of µ-law and all else: 20 kB a second.
  private static final double BYTES_PER_CALL_HOUR = 72e6;

  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64", "arm64");

  private final Machine machine;
  private final Path data;
  private final int copies;

  /// `copies` brokers of `voxlog run` keep their records in `data`; 0 if a cluster elsewhere does.
  public MachineChecks(Path data, int copies) {
    this(Machine.here(), data, copies);
  }

  MachineChecks(Machine machine, Path data, int copies) {
    this.machine = machine;
    this.data = data;
    this.copies = copies;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    flags().ifPresent(findings::add);
    findings.add(memory());
    findings.add(disk());
    return findings;
  }

  private Finding jdk() {
    if (machine.jdk() < JDK) {
      return Finding.bad(
          "JDK",
          machine.jdkName() + " is too old",
          "install a JDK 25 and set JAVA_HOME to it: https://adoptium.net");
    }
    return ARCHITECTURES.contains(machine.architecture())
        ? Finding.ok("JDK", machine.jdkName())
        : Finding.bad(
            "JDK",
            "%s is for %s, for which there are no embedded engines"
                .formatted(machine.jdkName(), machine.architecture()),
            "use a 64-bit JDK on x86-64 or ARM64");
  }

  /// Flags that are known to make answers late.
  private Optional<Finding> flags() {
    List<String> slow =
        machine.flags().stream()
            .filter(flag ->
                flag.equals("-Xint")
                    || flag.startsWith("-agentlib:jdwp")
                    || flag.startsWith("-Xrunjdwp")
                    || flag.startsWith("-XX:TieredStopAtLevel"))
            .toList();
    return slow.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.note(
                "JVM flags",
                String.join(" ", slow) + " slows everything down",
                "take it out of VOXLOG_JAVA_OPTS and JAVA_TOOL_OPTIONS"));
  }

  private Finding memory() {
    String what =
        "%d cores, %.1f GiB of memory, %d MiB of heap"
            .formatted(machine.cores(), machine.memory() / (double) GIB, machine.heap() / MIB);
    if (machine.cores() < 2 || machine.memory() < 3 * GIB) {
      return Finding.note(
          "machine", what, "voxlog run wants 2 cores and 3 GiB; with less, answers come late");
    }
    if (machine.heap() < SMALLEST_HEAP) {
      return Finding.note(
          "machine", what, "give a process 512 MiB of heap or more: VOXLOG_JAVA_OPTS=-Xmx1g");
    }
    return machine.heap() > machine.memory() / 2
        ? Finding.note(
            "machine",
            what,
            "leave half of the memory to the models and Kafka's files: VOXLOG_JAVA_OPTS=-Xmx%dm"
                .formatted(machine.memory() / MIB / 3))
        : Finding.ok("machine", what);
  }

  private Finding disk() {
    try {
      Files.createDirectories(data);
      if (!Files.isWritable(data)) {
        return Finding.bad(
            "disk",
            data + " cannot be written",
            "make it yours, or choose another folder with --data");
      }
      return room(Files.getFileStore(data).getUsableSpace());
    } catch (IOException e) {
      return Finding.bad(
          "disk",
          "%s cannot be used: %s".formatted(data, e.getMessage()),
          "choose another folder with --data");
    }
  }

  Finding room(long usable) {
    String what = "%.1f GiB free for %s".formatted(usable / (double) GIB, data);
    if (usable < GIB) {
      return Finding.bad("disk", what, "free at least 1 GiB, or choose another folder with --data");
    }
    return copies == 0
        ? Finding.ok("disk", what)
        : Finding.ok(
            "disk",
            "%s: about %.0f hours of calls within the topics' retention"
                .formatted(what, (usable - GIB) / (BYTES_PER_CALL_HOUR * copies)));
  }
}
