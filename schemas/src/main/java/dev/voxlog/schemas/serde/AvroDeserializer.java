package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Any Avro record in Confluent's wire format, with its writer's schema.
public final class AvroDeserializer implements Deserializer<GenericRecord> {
  private @Nullable SchemaRegistryClient registry;

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    close();
    registry = new SchemaRegistryClient(RegistrySettings.from(keys));
  }

  @Override
  public @Nullable GenericRecord deserialize(String topic, byte @Nullable [] value) {
    if (registry == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    if (value == null) {
      return null;
    }
    Schema writer = Frame.schema(value, registry);
    if (writer.getType() != Schema.Type.RECORD) {
      throw new UndecodableRecordException("a " + writer.getType() + " where a record belongs");
    }
    try {
      return new GenericDatumReader<GenericRecord>(writer)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(value, Frame.LENGTH, value.length - Frame.LENGTH, null));
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new UndecodableRecordException("no " + writer.getFullName(), e);
    }
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
