package dev.voxlog.runtime;

import dev.voxlog.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One broker and registry for all integration tests of this module, since a cold one takes its
/// time; each test has topics of its own there.
final class SharedCluster {
  private static final TestCluster CLUSTER = start();

  private SharedCluster() {}

  static TestCluster get() {
    return CLUSTER;
  }

  private static TestCluster start() {
    try {
      Path directory = Files.createTempDirectory("voxlog-runtime-it");
      TestCluster cluster = TestCluster.start(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
