package dev.voxlog.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The broker's own process: takes the directory's lock, serves until its standard input closes.
///
/// Arguments: data directory, port. Prints `READY port` once clients can connect, or `FAILED reason`.
public final class BrokerMain {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try (DirectoryLock _ = DirectoryLock.take(directory, LOCK_PATIENCE);
        EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("log"), port, Map.of())) {
      System.out.println("READY " + broker.port());
      // Whoever started this holds the other end; it closes when they die, too.
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (RuntimeException e) {
      System.out.println("FAILED " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }
}
