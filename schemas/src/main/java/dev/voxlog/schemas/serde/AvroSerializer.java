package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Any Avro record in Confluent's wire format, as key or value, with the usual `schema.registry.*`
/// keys.
public final class AvroSerializer implements Serializer<GenericRecord> {
  private @Nullable SchemaRegistryClient registry;
  private @Nullable Subjects subjects;

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    close();
    registry = new SchemaRegistryClient(RegistrySettings.from(keys));
    subjects = new Subjects(registry, SchemaUse.from(keys), isKey);
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable GenericRecord record) {
    if (subjects == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    if (record == null) {
      return null;
    }
    Subjects.Written written = subjects.of(topic, record.getSchema());
    return Subjects.framed(
        written,
        out -> {
          BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
          new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
          encoder.flush();
        });
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
