package dev.voxlog.runtime;

import static java.util.Objects.requireNonNull;

import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.serde.AvroSerializer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// A version to come, which writes a kind of event that this one does not know.
final class NewerVersion {
  private static final String KIND = "WHISPERED";

  private NewerVersion() {}

  /// A sound record of the new kind, otherwise like `event`; its schema is registered for `topic`.
  static byte[] record(String registryUrl, String topic, VoxEvent event) {
    GenericRecord known = AvroRecords.of(event);
    String symbols = "\"symbols\":[\"UNKNOWN\"";
    Schema schema =
        new Schema.Parser()
            .parse(known.getSchema().toString().replace(symbols, symbols + ",\"" + KIND + "\""));
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.name(), known.get(field.name()));
    }
    record.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), KIND));
    try (AvroSerializer serializer = new AvroSerializer()) {
      serializer.configure(Map.of("schema.registry.url", registryUrl), false);
      return requireNonNull(serializer.serialize(topic, record));
    }
  }
}
