package dev.voxlog.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The lines a start prints, each with the time since the process began. Safe from any thread.
final class Startup {
  private final PrintWriter out;
  private final long begun;

  Startup(PrintWriter out) {
    this.out = out;
    // Not the process handle's, which is reckoned from the time of boot and can be off by a second.
    long jvmMs = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    this.begun = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(jvmMs);
  }

  void say(String line) {
    out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - begun) / 1e9, line);
    out.flush();
  }

  /// A line that stands alone, without a time.
  void announce(String line) {
    out.println(line);
    out.flush();
  }
}
