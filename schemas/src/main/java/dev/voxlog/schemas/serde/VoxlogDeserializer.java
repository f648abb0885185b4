package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Events from ordinary Kafka consumers, configured by class name and the usual `schema.registry.*`
/// keys.
///
/// A record that cannot be decoded throws in the consumer's poll, as Kafka's own deserializers do;
/// programs that must go on read bytes and use [Wire].
public final class VoxlogDeserializer implements Deserializer<Decoded<? extends VoxEvent>> {
  private @Nullable SchemaRegistryClient registry;
  private @Nullable Wire wire;

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    close();
    registry = new SchemaRegistryClient(RegistrySettings.from(keys));
    wire = new Wire(registry, SchemaUse.LOOK_UP, Topic::id);
  }

  @Override
  public @Nullable Decoded<? extends VoxEvent> deserialize(String topic, byte @Nullable [] value) {
    if (wire == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    return value == null ? null : wire.decode(value);
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
