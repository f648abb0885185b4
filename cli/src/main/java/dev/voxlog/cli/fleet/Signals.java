package dev.voxlog.cli.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Signals that Java cannot send by itself.
public final class Signals {
  private Signals() {}

  /// As `kill -STOP 4711`.
  public static void send(String name, long pid) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
