package dev.voxlog.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A Kafka broker and controller in this very process, on loopback, with short sessions so that a
/// dead worker is noticed in a second.
///
/// The directory is formatted when it is empty and kept otherwise. Two brokers must never share
/// one: hold [DirectoryLock].
public final class EmbeddedBroker implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("num.partitions", "6"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("offsets.topic.segment.bytes", "8388608"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "500"),
          Map.entry("group.consumer.min.session.timeout.ms", "500"),
          Map.entry("group.consumer.session.timeout.ms", "1000"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
          Map.entry("group.consumer.heartbeat.interval.ms", "200"),
          Map.entry("group.consumer.assignment.interval.ms", "0"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));

  private final KafkaRaftServer server;
  private final BrokerNode node;

  /// The only broker of its cluster: starts and returns once clients can connect. `port` 0 takes a
  /// free one; `more` wins over the usual settings.
  ///
  /// @throws PortTakenException if something listens on the port already
  public EmbeddedBroker(Path directory, int port, Map<String, String> more) {
    this(directory, BrokerNode.cluster(1, port).getFirst(), more);
  }

  /// One of several returns only once most of them have been started.
  EmbeddedBroker(Path directory, BrokerNode node, Map<String, String> more) {
    this.node = node;
    PortTakenException.check(node.port(), PortTakenException.BROKER_FLAG);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(node.settings());
    settings.put("log.dirs", directory.toString());
    settings.putAll(more);
    try {
      Files.createDirectories(directory);
      if (!Files.exists(directory.resolve("meta.properties"))) {
        format(directory, node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory + " for the broker's data", e);
    }
    server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
  }

  private static void format(Path directory, BrokerNode node) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(clusterId(directory, node).toString())
          .setNodeId(node.id())
          .setControllerListenerName("CONTROLLER")
          .setHasDynamicQuorum(false)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + directory + " for the broker", e);
    }
  }

  /// Each broker of a cluster formats its own folder, and all must choose the same id.
  private static Uuid clusterId(Path directory, BrokerNode node) {
    Path all = directory.toAbsolutePath().getParent();
    if (node.isAlone() || all == null) {
      return Uuid.randomUuid();
    }
    UUID id = UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
    return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /// What any broker is given that is to serve as this one does, whatever cluster it is of.
  public static Map<String, String> settings() {
    return SETTINGS;
  }

  public int port() {
    return node.port();
  }

  public String bootstrapServers() {
    return node.address();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
