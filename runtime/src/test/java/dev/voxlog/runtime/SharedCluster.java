package dev.voxlog.runtime;

import dev.voxlog.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One broker and registry for all integration tests of this module, since a cold one takes its
/// time; each test has topics of its own there.
final class SharedCluster {
  private static @Nullable TestCluster cluster;

  private SharedCluster() {}

  /// Not a constant of the class: where no cluster is to be had, each test is to say so.
  static synchronized TestCluster get() {
    TestCluster running = cluster;
    if (running == null) {
      running = start();
      cluster = running;
    }
    return running;
  }

  private static TestCluster start() {
    try {
      Path directory = Files.createTempDirectory("voxlog-runtime-it");
      TestCluster started = TestCluster.start(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
