package dev.voxlog.runtime;

import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodec;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.VoxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Events as the generic Avro records that foreign serializers take and give.
final class AvroRecords {
  private AvroRecords() {}

  static GenericRecord of(VoxEvent event) {
    TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      codec.encodeAny(event, bytes);
      return new GenericDatumReader<GenericRecord>(codec.schema())
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new SerializationException("not as a record of " + Topic.of(event).id(), e);
    }
  }

  /// Null stays what it is: no record.
  static @Nullable Decoded<? extends VoxEvent> decode(Topic topic, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof GenericRecord record)) {
      throw new UndecodableRecordException(
          "a " + value.getClass().getSimpleName() + " where an Avro record belongs");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UndecodableRecordException("no record of " + topic.id(), e);
    }
    return TopicCodecs.of(topic).decode(record.getSchema(), bytes.toByteArray());
  }
}
