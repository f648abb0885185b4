package dev.voxlog.benchmarks;

import dev.voxlog.schemas.VoxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/// Events as Avro itself writes and reads them: by generated classes with everything kept that can
/// be kept, or generically with everything made anew, as examples have it. Not thread-safe.
abstract class StockAvro<E extends VoxEvent, S> {
  /// Bytes before the record, where Kafka's clients have the schema's id; left at 0 here.
  static final int FRAME = 5;

  static {
    // Avro makes no object of a class that it was not told to trust.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT, type -> type.getPackageName().equals("dev.voxlog")));
  }

  private final Schema schema;
  private final DatumWriter<S> writer;
  private final DatumReader<S> reader;
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  StockAvro(Schema schema) {
    this.schema = schema;
    writer = new SpecificDatumWriter<>(schema);
    reader = new SpecificDatumReader<>(schema);
  }

  abstract S record(E event);

  abstract E event(S record);

  abstract GenericRecord generic(E event, Schema schema);

  abstract E fromGeneric(GenericRecord record);

  final byte[] encodeSpecific(E event) throws IOException {
    return encodeRecord(record(event));
  }

  final byte[] encodeRecord(S record) throws IOException {
    ByteArrayOutputStream out = framed();
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    writer.write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  final byte[] encodeGeneric(E event) throws IOException {
    ByteArrayOutputStream out = framed();
    BinaryEncoder fresh = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(generic(event, schema), fresh);
    fresh.flush();
    return out.toByteArray();
  }

  private static ByteArrayOutputStream framed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(new byte[FRAME]);
    return out;
  }

  final E decodeSpecific(byte[] bytes) throws IOException {
    return event(decodeRecord(bytes));
  }

  final S decodeRecord(byte[] bytes) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(bytes, FRAME, bytes.length - FRAME, decoder);
    return reader.read(null, decoder);
  }

  final E decodeGeneric(byte[] bytes) throws IOException {
    BinaryDecoder fresh =
        DecoderFactory.get().binaryDecoder(bytes, FRAME, bytes.length - FRAME, null);
    return fromGeneric(new GenericDatumReader<GenericRecord>(schema).read(null, fresh));
  }
}
