package dev.voxlog.local;

import java.util.ArrayList;
import java.util.List;

/// What every JVM of ours is started with; the `voxlog` script has the same.
public final class JvmFlags {
  /// Of garbage collectors the one that takes least on few cores; objects with small headers, and
  /// large pages where the system has them (a tenth less CPU, docs/performance.md). The last one
  /// bounds the native buffer that each thread keeps between reads and writes, which is else as
  /// large as the largest answer it ever read from a broker.
  public static final List<String> ALL = all(System.getProperty("os.name"));

  private JvmFlags() {}

  private static List<String> all(String system) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+UseCompactObjectHeaders");
    if (system.equals("Linux")) {
      // Others do not know the flag, and refuse to start.
      flags.add("-XX:+UseTransparentHugePages");
      // Where the system has none, the JVM says so on standard output, before what was asked for.
      flags.add("-Xlog:pagesize=off");
    }
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add("--sun-misc-unsafe-memory-access=allow");
    flags.add("-Djdk.nio.maxCachedBufferSize=262144");
    return List.copyOf(flags);
  }
}
