package dev.voxlog.schemas;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/// How records of one writer's schema become rows of ours: field by field where the layouts are
/// equal, by Avro's schema resolution otherwise.
final class WriterSchema {
  private static final String KIND = "kind";

  private final Schema writer;
  private final @Nullable Spares<ResolvingDecoder> resolving;

  private WriterSchema(Schema writer, @Nullable Spares<ResolvingDecoder> resolving) {
    this.writer = writer;
    this.resolving = resolving;
  }

  static WriterSchema of(Schema writer, Schema ours) {
    if (isSameLayout(writer, ours)) {
      return new WriterSchema(writer, null);
    }
    if (writer.getType() != Schema.Type.RECORD
        || !writer.getFullName().equals(ours.getFullName())) {
      throw new UndecodableRecordException(
          "a record of " + writer.getFullName() + " where " + ours.getFullName() + " belongs");
    }
    return new WriterSchema(writer, new Spares<>(() -> resolver(writer, ours)));
  }

  /// Whether records of both schemas are the same bytes, whatever their doc strings, defaults and
  /// logical types.
  static boolean isSameLayout(Schema one, Schema other) {
    return one.equals(other)
        || SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
  }

  void read(BinaryDecoder in, Column[] columns, Row row) throws IOException {
    if (resolving == null) {
      for (Column column : columns) {
        column.read(in, row);
      }
      return;
    }
    ResolvingDecoder decoder = resolving.take();
    decoder.configure(in);
    for (Schema.Field field : decoder.readFieldOrder()) {
      columns[field.pos()].read(decoder, row);
    }
    decoder.drain();
    resolving.putBack(decoder);
  }

  /// The writer's own word for a record's kind, which resolution has turned into `UNKNOWN`.
  String kind(byte[] bytes, int offset, int length) {
    Schema.Field first = writer.getFields().getFirst();
    if (!first.name().equals(KIND) || first.schema().getType() != Schema.Type.ENUM) {
      return "UNKNOWN";
    }
    try {
      int ordinal = DecoderFactory.get().binaryDecoder(bytes, offset, length, null).readEnum();
      return first.schema().getEnumSymbols().get(ordinal);
    } catch (IOException e) {
      return "UNKNOWN";
    }
  }

  private static ResolvingDecoder resolver(Schema writer, Schema ours) {
    try {
      return DecoderFactory.get().resolvingDecoder(writer, ours, null);
    } catch (IOException | AvroRuntimeException e) {
      throw new UndecodableRecordException(
          "the writer's schema of " + ours.getFullName() + " is incompatible with ours", e);
    }
  }
}
