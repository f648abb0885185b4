package dev.voxlog.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What this process runs on and with. Memory and heap in bytes.
public record Machine(
    int jdk,
    String jdkName,
    String architecture,
    int cores,
    long memory,
    long heap,
    List<String> flags) {
  public Machine {
    flags = List.copyOf(flags);
  }

  static Machine here() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new Machine(
        Runtime.version().feature(),
        "%s %s in %s"
            .formatted(
                System.getProperty("java.vendor.version", System.getProperty("java.vendor", "")),
                Runtime.version(),
                System.getProperty("java.home")),
        System.getProperty("os.arch", ""),
        Runtime.getRuntime().availableProcessors(),
        memory,
        Runtime.getRuntime().maxMemory(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
