package dev.voxlog.cli.newer;

import dev.voxlog.schemas.serde.AvroDeserializer;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// What a version to come reads: whatever version wrote it, by the newer contract.
public final class NewerDeserializer implements Deserializer<GenericRecord> {
  private final AvroDeserializer avro = new AvroDeserializer();

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    avro.configure(keys, isKey);
  }

  @Override
  public @Nullable GenericRecord deserialize(String topic, byte @Nullable [] value) {
    GenericRecord record = avro.deserialize(topic, value);
    return record == null ? null : NewerSchema.read(record);
  }

  @Override
  public void close() {
    avro.close();
  }
}
