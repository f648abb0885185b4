package dev.voxlog.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// The broker's own process: takes the directory's lock, serves until its standard input closes.
///
/// Arguments: data directory, then the words of its [BrokerNode]. Prints `READY port` once clients
/// can connect, else `TAKEN port` or `FAILED reason`.
public final class BrokerMain {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private BrokerMain() {}

  public static void main(String[] arguments) {
    // Ctrl-C reaches a terminal's whole process group; whoever started this still needs the log to
    // stop in order.
    Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    Path directory = Path.of(arguments[0]);
    BrokerNode node = BrokerNode.of(List.of(arguments).subList(1, arguments.length));
    try (DirectoryLock _ = DirectoryLock.take(directory, node.id(), LOCK_PATIENCE);
        EmbeddedBroker _ = new EmbeddedBroker(node.folder(directory), node, Map.of())) {
      System.out.println("READY " + node.port());
      // Whoever started this holds the other end; it closes when they die, too.
      while (System.in.read() >= 0) {
        continue;
      }
      if (!node.isAlone()) {
        // The leading controller would wait for a successor, which cannot come when all stop.
        CompletableFuture.delayedExecutor(LEAVING.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> Runtime.getRuntime().halt(0));
      }
    } catch (PortTakenException e) {
      end("TAKEN " + node.port(), 1);
    } catch (Exception e) {
      e.printStackTrace();
      end("FAILED " + e.getMessage(), 1);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void end(String word, int status) {
    System.out.println(word);
    System.out.flush();
    // Kafka's threads would keep the process alive.
    Runtime.getRuntime().halt(status);
  }
}
