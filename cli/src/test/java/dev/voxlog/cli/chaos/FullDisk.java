package dev.voxlog.cli.chaos;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/// What a full disk is to one process, without filling one: none of its files can grow any more.
public final class FullDisk {
  private FullDisk() {}

  /// From here on the process cannot write a file beyond its first bytes. Where there is no prlimit
  /// the test is skipped.
  public static void befalls(long pid) throws InterruptedException {
    try {
      int status =
          new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=4096")
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new AssertionError("prlimit gave " + status);
      }
    } catch (IOException e) {
      Assumptions.abort("there is no prlimit on this machine: " + e.getMessage());
    }
  }
}
