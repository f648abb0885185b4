package dev.voxlog.local;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/// A broker and our registry in this very process, on free ports, with the catalogue's topics
/// writable and its schemas registered: what integration tests stand on.
public final class LocalCluster implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final TopicCatalogue catalogue;
  private final SchemaRegistry registry;

  private LocalCluster(EmbeddedBroker broker, TopicCatalogue catalogue) {
    this.broker = broker;
    this.catalogue = catalogue;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicSetup(admin).apply(catalogue.all());
    }
    registry = SchemaRegistry.start(RegistryConfig.local(0, broker.bootstrapServers()));
    CatalogueSchemas.register(registry.url(), catalogue);
  }

  /// With the standard catalogue.
  public static LocalCluster start(Path directory) {
    return start(directory, TopicCatalogue.standard());
  }

  /// Data goes into the directory and is found there by the next start.
  public static LocalCluster start(Path directory, TopicCatalogue catalogue) {
    EmbeddedBroker broker = new EmbeddedBroker(directory, 0, Map.of());
    try {
      return new LocalCluster(broker, catalogue);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public String registryUrl() {
    return registry.url();
  }

  public TopicCatalogue catalogue() {
    return catalogue;
  }

  /// What Kafka clients and their serializers need to reach both.
  public Map<String, Object> clients() {
    return Map.of("bootstrap.servers", bootstrapServers(), "schema.registry.url", registryUrl());
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
