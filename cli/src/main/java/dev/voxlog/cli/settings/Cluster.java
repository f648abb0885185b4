package dev.voxlog.cli.settings;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.KafkaSettings.GroupProtocol;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// The cluster that the settings name: brokers, topics, registry.
public final class Cluster {
  private final Settings settings;
  private final TopicCatalogue topics;

  /// @throws org.apache.kafka.common.config.ConfigException if a topic key has an impossible value
  public Cluster(Settings settings) {
    this.settings = settings;
    this.topics = TopicCatalogue.from(settings.all());
  }

  public TopicCatalogue topics() {
    return topics;
  }

  public String bootstrapServers() {
    return settings.text("kafka.bootstrap.servers");
  }

  public String registryUrl() {
    return settings.text("schema.registry.url");
  }

  public KafkaSettings kafka() {
    Map<String, String> properties = new TreeMap<>(settings.under("kafka."));
    properties.remove("bootstrap.servers");
    GroupProtocol protocol =
        settings.choice("groups.protocol", "consumer", "classic").equals("consumer")
            ? GroupProtocol.CONSUMER
            : GroupProtocol.CLASSIC;
    return new KafkaSettings(
        bootstrapServers(),
        properties,
        topics,
        settings.text("groups.prefix"),
        protocol,
        settings.duration("groups.session"));
  }

  /// Returns once a broker has answered.
  ///
  /// @throws IllegalStateException if none does within ten seconds
  public void awaitBrokers() {
    Map<String, Object> keys = new HashMap<>(kafka().admin());
    keys.putIfAbsent("default.api.timeout.ms", "10000");
    keys.putIfAbsent("request.timeout.ms", "5000");
    try (Admin admin = Admin.create(keys)) {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new IllegalStateException(
          "no broker answers at kafka.bootstrap.servers = %s (%s); start one, or name another"
              .formatted(bootstrapServers(), cause.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a broker", e);
    }
  }

  /// What every ordinary Kafka client and serializer of the estate is configured with.
  public Map<String, Object> clients() {
    Map<String, Object> keys = new HashMap<>(registry());
    keys.putAll(kafka().admin());
    return keys;
  }

  /// The keys of the registry's client and of the serializer pair.
  public Map<String, Object> registry() {
    Map<String, Object> keys = new HashMap<>();
    keys.put("schema.registry.url", registryUrl());
    settings
        .under("schema.registry.")
        .forEach((key, value) -> keys.put("schema.registry." + key, value));
    for (String key :
        new String[] {
          "auto.register.schemas",
          "use.latest.version",
          "basic.auth.credentials.source",
          "basic.auth.user.info"
        }) {
      if (settings.isSet(key)) {
        keys.put(key, settings.text(key));
      }
    }
    settings
        .under("serde.")
        .forEach((key, value) ->
            keys.put(
                switch (key) {
                  case "serializer" -> SerdeLogCodec.SERIALIZER;
                  case "deserializer" -> SerdeLogCodec.DESERIALIZER;
                  default -> key;
                },
                value));
    return keys;
  }

  /// The codec of this estate's log; the caller closes it.
  public SerdeLogCodec codec() {
    return new SerdeLogCodec(registry(), topics);
  }
}
