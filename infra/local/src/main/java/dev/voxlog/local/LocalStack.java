package dev.voxlog.local;

import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one machine needs beside the stages: the brokers as child processes, every topic writable,
/// the registry in this process with the schemas in it.
public final class LocalStack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalStack.class);

  private final BrokerCluster brokers;
  private final SchemaRegistry registry;

  private LocalStack(BrokerCluster brokers, Config config, Consumer<String> progress) {
    this.brokers = brokers;
    progress.accept("topics");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
      List<TopicFinding> left = new TopicSetup(admin).apply(config.catalogue().all());
      left.forEach(finding -> log.warn("{}; {}", finding.problem(), finding.fix()));
    }
    progress.accept("registry");
    registry =
        SchemaRegistry.start(
            RegistryConfig.local(config.registryPort(), brokers.bootstrapServers()));
    try {
      CatalogueSchemas.register(registry.url(), config.catalogue());
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  /// Where data lies (`.voxlog/`, whose lock the brokers hold), how many brokers, the port of the
  /// first with the others behind it, the registry's (0 takes free ones), and the topics.
  public record Config(
      Path directory, int brokers, int brokerPort, int registryPort, TopicCatalogue catalogue) {
    private static final int MOST_BROKERS = 9;

    public Config {
      if (brokers < 1 || brokers > MOST_BROKERS || brokers % 2 == 0) {
        throw new IllegalArgumentException(
            "brokers is %d; it must be 1, 3, 5, 7 or 9: an even number outlives no more deaths"
                .formatted(brokers));
      }
      check("broker.port", brokerPort, brokers);
      check("registry.port", registryPort, 1);
    }

    /// With one broker.
    public Config(Path directory, int brokerPort, int registryPort, TopicCatalogue catalogue) {
      this(directory, 1, brokerPort, registryPort, catalogue);
    }

    private static void check(String key, int port, int count) {
      if (port < 0 || port > 65_536 - count) {
        throw new IllegalArgumentException(
            key + " is " + port + "; it must be 0 (any free port) to " + (65_536 - count));
      }
    }
  }

  /// Starts all of it; what was in the directory before is there again, topics, records and schema
  /// ids. `progress` hears what is being started: broker, topics, registry.
  ///
  /// @throws PortTakenException if something listens on a port already
  /// @throws IllegalStateException if the directory is another's, holds the data of another number
  ///   of brokers, or a broker does not come up; the message says why
  public static LocalStack start(Config config, Consumer<String> progress) {
    ClassArchives.deleteBroken();
    progress.accept(config.brokers() == 1 ? "broker" : config.brokers() + " brokers");
    BrokerCluster brokers =
        BrokerCluster.start(config.directory(), config.brokers(), config.brokerPort());
    try {
      return new LocalStack(brokers, config, progress);
    } catch (RuntimeException e) {
      brokers.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return brokers.bootstrapServers();
  }

  public String registryUrl() {
    return registry.url();
  }

  /// False once so many brokers have ended by themselves that nothing can be written any more.
  public boolean isAlive() {
    return brokers.isAlive();
  }

  /// The brokers, in the order of their numbers.
  public List<BrokerProcess> brokers() {
    return brokers.all();
  }

  /// For tests of what survives: the broker of this number, from 1 on.
  public BrokerProcess broker(int id) {
    return brokers.broker(id);
  }

  @Override
  public void close() {
    try {
      registry.close();
    } finally {
      brokers.close();
    }
  }
}
