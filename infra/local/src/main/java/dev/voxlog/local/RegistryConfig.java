package dev.voxlog.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// Where our registry listens, and the cluster and topic that keep what it knows.
///
/// `kafka` holds client properties, `bootstrap.servers` at least. Port 0 takes a free one. The host
/// must be loopback, for the registry asks nobody who they are.
public record RegistryConfig(String host, int port, Map<String, Object> kafka, String topic) {
  /// The usual topic; `_schemas` would be Confluent's own, whose records are others.
  public static final String TOPIC = "_voxlog_schemas";

  public RegistryConfig {
    kafka = Map.copyOf(kafka);
    if (!kafka.containsKey("bootstrap.servers")) {
      throw new IllegalArgumentException(
          "kafka.bootstrap.servers is missing; name a broker, such as 127.0.0.1:9092");
    }
    if (topic.isBlank()) {
      throw new IllegalArgumentException("registry.topic is empty; " + TOPIC + " is usual");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "registry.port is " + port + "; it must be 0 (any) to 65535");
    }
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "registry.host is "
              + host
              + "; the registry has no authentication and must listen on 127.0.0.1");
    }
  }

  /// On loopback, with the usual topic.
  public static RegistryConfig local(int port, String bootstrapServers) {
    return new RegistryConfig(
        "127.0.0.1", port, Map.of("bootstrap.servers", bootstrapServers), TOPIC);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
