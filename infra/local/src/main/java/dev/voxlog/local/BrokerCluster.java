package dev.voxlog.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// The brokers of this machine, one or several, each a child process with a folder of its own below
/// one directory; they start and stop together.
final class BrokerCluster implements AutoCloseable {
  private final List<BrokerProcess> brokers = new ArrayList<>();

  private BrokerCluster(Path directory, List<BrokerNode> nodes) {
    nodes.forEach(node -> brokers.add(new BrokerProcess(directory, node)));
  }

  /// Starts them and waits until all serve. Clients' ports follow the first, or are any free ones
  /// if that is 0.
  ///
  /// @throws PortTakenException if something listens on a port already
  /// @throws IllegalStateException if the directory holds the data of another number of brokers, or
  ///   one does not come up; the message says why
  static BrokerCluster start(Path directory, int size, int firstPort) {
    refuseOthersData(directory, size);
    List<BrokerNode> nodes = BrokerNode.cluster(size, firstPort);
    if (size > 1) {
      // All at once, so that a start that is cut short leaves no smaller cluster behind.
      nodes.forEach(node -> makeFolder(node.folder(directory)));
    }
    BrokerCluster cluster = new BrokerCluster(directory, nodes);
    try {
      cluster.awaitReady();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder + " for a broker's data", e);
    }
  }

  /// All side by side: the others of one that does not come up might wait for it without end.
  private void awaitReady() {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    CompletableFuture<?>[] ready =
        brokers.stream()
            .map(broker ->
                CompletableFuture.runAsync(broker::awaitReady, Thread::startVirtualThread)
                    .whenComplete((_, failure) -> {
                      if (failure != null) {
                        failed.completeExceptionally(failure);
                      }
                    }))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.anyOf(CompletableFuture.allOf(ready), failed).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void refuseOthersData(Path directory, int size) {
    int found = Files.exists(directory.resolve("log")) ? 1 : 0;
    if (found == 0 && Files.exists(directory)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, "log-*")) {
        for (Path _ : folders) {
          found++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + directory, e);
      }
    }
    if (found != 0 && found != size) {
      throw new IllegalStateException(
          "%s holds the data of %d broker%s, not of %d; start with --brokers %d, or choose another directory with --data"
              .formatted(directory, found, found == 1 ? "" : "s", size, found));
    }
  }

  String bootstrapServers() {
    return brokers.stream().map(BrokerProcess::address).collect(Collectors.joining(","));
  }

  /// The one of this number, from 1 on.
  BrokerProcess broker(int id) {
    return brokers.get(id - 1);
  }

  List<BrokerProcess> all() {
    return List.copyOf(brokers);
  }

  /// Whether most of them run; fewer can agree on nothing.
  boolean isAlive() {
    return 2 * brokers.stream().filter(BrokerProcess::isAlive).count() > brokers.size();
  }

  @Override
  public void close() {
    brokers.forEach(BrokerProcess::stop);
    brokers.forEach(BrokerProcess::close);
  }
}
