package dev.voxlog.testcluster;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;

/// Where clusters come from: from this process, or from a container engine.
enum Source {
  EMBEDDED,
  CONTAINERS;

  /// What the build sets.
  static final String KEY = "voxlog.test.cluster";

  static Source ofBuild() {
    return of(System.getProperty(KEY, ""));
  }

  /// @throws IllegalArgumentException if there is no such source
  static Source of(String word) {
    return switch (word) {
      case "", "embedded" -> EMBEDDED;
      case "containers" -> CONTAINERS;
      default ->
          throw new IllegalArgumentException(
              "%s is %s; it must be embedded or containers".formatted(KEY, word));
    };
  }

  TestCluster start(Path directory, TopicCatalogue catalogue) {
    return switch (this) {
      case EMBEDDED -> new EmbeddedCluster(directory, catalogue);
      case CONTAINERS -> ContainerCluster.start(catalogue);
    };
  }
}
