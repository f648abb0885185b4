package dev.voxlog.local;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one machine needs beside the stages: the broker as a child process, every topic writable,
/// the registry in this process with the schemas in it.
public final class LocalStack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalStack.class);

  private final BrokerProcess broker;
  private final SchemaRegistry registry;

  private LocalStack(BrokerProcess broker, Config config, Consumer<String> progress) {
    this.broker = broker;
    progress.accept("topics");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<TopicFinding> left = new TopicSetup(admin).apply(config.catalogue().all());
      left.forEach(finding -> log.warn("{}; {}", finding.problem(), finding.fix()));
    }
    progress.accept("registry");
    registry =
        SchemaRegistry.start(
            RegistryConfig.local(config.registryPort(), broker.bootstrapServers()));
    try {
      CatalogueSchemas.register(registry.url(), config.catalogue());
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  /// Where data lies (`.voxlog/`, whose lock the broker holds), the ports (0 takes a free one), and
  /// the topics.
  public record Config(Path directory, int brokerPort, int registryPort, TopicCatalogue catalogue) {
    public Config {
      check("broker.port", brokerPort);
      check("registry.port", registryPort);
    }

    private static void check(String key, int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException(
            key + " is " + port + "; it must be 0 (any free port) to 65535");
      }
    }
  }

  /// Starts all of it; what was in the directory before is there again, topics, records and schema
  /// ids. `progress` hears what is being started: broker, topics, registry.
  ///
  /// @throws PortTakenException if something listens on a port already
  /// @throws IllegalStateException if the broker does not come up; the message says why
  public static LocalStack start(Config config, Consumer<String> progress) {
    progress.accept("broker");
    BrokerProcess broker = BrokerProcess.start(config.directory(), config.brokerPort());
    try {
      return new LocalStack(broker, config, progress);
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

  /// False once the broker's process has ended by itself.
  public boolean isAlive() {
    return broker.isAlive();
  }

  /// For tests of what survives: the broker dies at once, as from kill −9.
  void killBroker() {
    broker.kill();
  }

  @Override
  public void close() {
    try {
      registry.close();
    } finally {
      broker.close();
    }
  }
}
