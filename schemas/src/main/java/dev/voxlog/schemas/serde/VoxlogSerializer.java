package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Events as values of ordinary Kafka producers, configured by class name and the usual
/// `schema.registry.*` keys.
public final class VoxlogSerializer implements Serializer<VoxEvent> {
  private @Nullable SchemaRegistryClient registry;
  private @Nullable Wire wire;

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    if (isKey) {
      throw new org.apache.kafka.common.config.ConfigException(
          "key.serializer",
          getClass().getName(),
          "events are values; the key is the call id, a string");
    }
    close();
    registry = new SchemaRegistryClient(RegistrySettings.from(keys));
    wire = new Wire(registry, SchemaUse.from(keys), topic -> topic.id());
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable VoxEvent event) {
    if (wire == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    return event == null ? null : wire.encode(topic, event);
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
