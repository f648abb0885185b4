package dev.voxlog.cli.newer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/// The contracts of a version to come: every record has one more field, every topic one more kind.
public final class NewerSchema {
  public static final String FIELD = "nuance";
  public static final String KIND = "WHISPERED";

  private static final Map<Schema, Schema> NEWER = new ConcurrentHashMap<>();

  private NewerSchema() {}

  /// The newer version's schema of the same topic.
  static Schema of(Schema schema) {
    return NEWER.computeIfAbsent(schema, any -> any.getField(FIELD) == null ? widened(any) : any);
  }

  private static Schema widened(Schema schema) {
    String text = schema.toString();
    // Every record's first field is its kind.
    String wider = text.replaceFirst("(\"symbols\":\\[\"UNKNOWN\"[^]]*)]", "$1,\"" + KIND + "\"]");
    if (wider.equals(text) || !wider.endsWith("]}")) {
      throw new IllegalStateException("the contract is written differently now: " + text);
    }
    String field = "{\"name\":\"" + FIELD + "\",\"type\":[\"null\",\"string\"],\"default\":null}";
    return new Schema.Parser().parse(wider.substring(0, wider.length() - 2) + "," + field + "]}");
  }

  /// Any version's record as the newer version reads it, by Avro's schema resolution.
  static GenericRecord read(GenericRecord record) {
    Schema newer = of(record.getSchema());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return new GenericDatumReader<GenericRecord>(record.getSchema(), newer)
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A record of the added kind, otherwise the same.
  static GenericRecord whispered(GenericRecord newer) {
    GenericRecord record = new GenericData.Record((GenericData.Record) newer, true);
    record.put(
        "kind", new GenericData.EnumSymbol(newer.getSchema().getField("kind").schema(), KIND));
    return record;
  }
}
