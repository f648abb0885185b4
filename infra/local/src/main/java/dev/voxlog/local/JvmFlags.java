package dev.voxlog.local;

import java.util.List;

/// What every JVM of ours is started with; the `voxlog` script has the same.
public final class JvmFlags {
  /// The last one bounds the native buffer that each thread keeps between reads and writes, which
  /// is else as large as the largest answer it ever read from a broker.
  public static final List<String> ALL =
      List.of(
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djdk.nio.maxCachedBufferSize=262144");

  private JvmFlags() {}
}
