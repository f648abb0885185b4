package dev.voxlog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// The lines a start prints, each with the time since the process began. Safe from any thread.
final class Startup {
  private final PrintWriter out;
  private final long begun;

  Startup(PrintWriter out) {
    this.out = out;
    Duration jvm =
        ProcessHandle.current()
            .info()
            .startInstant()
            .map(at -> Duration.between(at, java.time.Instant.now()))
            .orElse(Duration.ZERO);
    this.begun = System.nanoTime() - jvm.toNanos();
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
