package dev.voxlog.local;

import java.nio.file.Path;
import java.util.Map;

/// A broker and a registry in this process, on free ports: what integration tests stand on.
public final class LocalStack implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final SchemaRegistry registry;

  private LocalStack(EmbeddedBroker broker, SchemaRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  public static LocalStack start(Path directory) {
    EmbeddedBroker broker = new EmbeddedBroker(directory, 0, Map.of());
    Map<String, Object> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
    return new LocalStack(broker, SchemaRegistry.start(clients, "127.0.0.1", 0));
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public String registryUrl() {
    return registry.url();
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
