package dev.voxlog.testcluster;

import dev.voxlog.local.CatalogueSchemas;
import dev.voxlog.local.EmbeddedBroker;
import dev.voxlog.local.TopicSetup;
import dev.voxlog.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/// Kafka and Apicurio from their own images, each in a container, in the versions that the build
/// pins; the broker with the settings of the embedded one.
final class ContainerCluster implements TestCluster {
  private static final ResourceBundle IMAGES =
      ResourceBundle.getBundle(ContainerCluster.class.getPackageName() + ".images");

  private static final String REGISTRY_PATH = "/apis/ccompat/v7";
  private static final int REGISTRY_PORT = 8080;

  private final KafkaContainer kafka;
  private final GenericContainer<?> registry;
  private final TopicCatalogue catalogue;

  private ContainerCluster(TopicCatalogue catalogue) {
    this.catalogue = catalogue;
    kafka = new KafkaContainer(image("kafka")).withEnv(environment());
    registry =
        new GenericContainer<>(image("registry"))
            .withEnv("APICURIO_STORAGE_KIND", "sql")
            .withExposedPorts(REGISTRY_PORT)
            .waitingFor(
                Wait.forHttp(REGISTRY_PATH + "/subjects")
                    .forPort(REGISTRY_PORT)
                    .withStartupTimeout(Duration.ofMinutes(3)));
  }

  static ContainerCluster start(TopicCatalogue catalogue) {
    ContainerCluster cluster = new ContainerCluster(catalogue);
    try {
      cluster.start();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void start() {
    kafka.start();
    registry.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      new TopicSetup(admin).apply(catalogue.all());
    }
    CatalogueSchemas.register(registryUrl(), catalogue);
  }

  static String image(String of) {
    return IMAGES.getString(of);
  }

  /// The broker's settings as its image reads them.
  static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    EmbeddedBroker.settings()
        .forEach((key, value) ->
            environment.put("KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
    environment.put("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1");
    environment.put("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
    return environment;
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public String registryUrl() {
    return "http://%s:%d%s"
        .formatted(registry.getHost(), registry.getMappedPort(REGISTRY_PORT), REGISTRY_PATH);
  }

  @Override
  public TopicCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public void close() {
    registry.stop();
    kafka.stop();
  }
}
