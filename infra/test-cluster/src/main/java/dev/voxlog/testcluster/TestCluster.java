package dev.voxlog.testcluster;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;

/// A broker and a registry for an integration test, with the catalogue's topics writable and its
/// schemas registered.
///
/// Which, the build says: ours in the test's own process, or, in the profile `containers`, Kafka's
/// and Apicurio's images.
public interface TestCluster extends AutoCloseable {
  String bootstrapServers();

  String registryUrl();

  TopicCatalogue catalogue();

  /// What Kafka clients and their serializers need to reach both.
  default Map<String, Object> clients() {
    return Map.of("bootstrap.servers", bootstrapServers(), "schema.registry.url", registryUrl());
  }

  @Override
  void close();

  /// With the standard catalogue.
  static TestCluster start(Path directory) {
    return start(directory, TopicCatalogue.standard());
  }

  /// The directory is for the data of a broker that has none of its own. For tests in a class with
  /// [OnCluster]: without a container engine, where one is needed, this throws.
  static TestCluster start(Path directory, TopicCatalogue catalogue) {
    return Source.ofBuild().start(directory, catalogue);
  }
}
