package dev.voxlog.testcluster;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/// Where clusters come from: from this process, or from a container engine.
enum Source {
  EMBEDDED,
  CONTAINERS;

  /// What the build sets.
  static final String KEY = "voxlog.test.cluster";

  static final String NO_ENGINE =
      "SKIPPED: no container engine answers (Docker, or what DOCKER_HOST names), so no integration"
          + " test runs on Kafka's and Apicurio's images; without -Pcontainers they run on the"
          + " embedded broker";

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
    return start(directory, catalogue, ContainerEngine::answers);
  }

  TestCluster start(Path directory, TopicCatalogue catalogue, BooleanSupplier engine) {
    return switch (this) {
      case EMBEDDED -> new EmbeddedCluster(directory, catalogue);
      case CONTAINERS -> {
        Assumptions.assumeTrue(engine, NO_ENGINE);
        yield ContainerCluster.start(catalogue);
      }
    };
  }
}
