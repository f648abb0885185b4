package dev.voxlog.testcluster;

import dev.voxlog.local.LocalCluster;
import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;

/// Our broker and registry in the test's own process.
final class EmbeddedCluster implements TestCluster {
  private final LocalCluster cluster;

  EmbeddedCluster(Path directory, TopicCatalogue catalogue) {
    cluster = LocalCluster.start(directory, catalogue);
  }

  @Override
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  @Override
  public String registryUrl() {
    return cluster.registryUrl();
  }

  @Override
  public TopicCatalogue catalogue() {
    return cluster.catalogue();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
