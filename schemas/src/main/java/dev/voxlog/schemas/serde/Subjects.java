package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.registry.RegisteredSchema;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/// What a writer's schema is at the registry, subject by subject, asked once.
final class Subjects {
  private final SchemaRegistryClient registry;
  private final SchemaUse use;
  private final boolean isKey;
  private final Map<Wanted, Written> known = new ConcurrentHashMap<>();

  Subjects(SchemaRegistryClient registry, SchemaUse use, boolean isKey) {
    this.registry = registry;
    this.use = use;
    this.isKey = isKey;
  }

  private record Wanted(String topic, Schema schema) {}

  /// The id to write and the schema the value must have on the wire.
  record Written(int id, Schema from, Schema to, boolean isOwnLayout) {
    private static Written own(int id, Schema schema) {
      return new Written(id, schema, schema, true);
    }
  }

  Written of(String topic, Schema schema) {
    Wanted wanted = new Wanted(topic, schema);
    Written written = known.get(wanted);
    if (written == null) {
      written = ask(topic + (isKey ? "-key" : "-value"), schema);
      known.put(wanted, written);
    }
    return written;
  }

  private Written ask(String subject, Schema schema) {
    return switch (use) {
      case REGISTER -> Written.own(registry.register(subject, schema), schema);
      case LOOK_UP -> Written.own(registry.idOf(subject, schema), schema);
      case LATEST -> {
        RegisteredSchema latest = registry.latest(subject);
        boolean isOwn =
            SchemaNormalization.toParsingForm(schema)
                .equals(SchemaNormalization.toParsingForm(latest.schema()));
        yield new Written(latest.id(), schema, latest.schema(), isOwn);
      }
    };
  }

  /// The framed value, in the layout of the schema its id names.
  static byte[] framed(Written written, Value value) {
    ByteArrayOutputStream out = Frame.open(written.id(), 512);
    try {
      if (written.isOwnLayout()) {
        value.write(out);
      } else {
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        value.write(own);
        relay(own.toByteArray(), written, out);
      }
      return out.toByteArray();
    } catch (UndecodableRecordException e) {
      throw e;
    } catch (IOException | AvroRuntimeException e) {
      throw new SerializationException(
          "cannot be written as " + written.to().getFullName() + " of id " + written.id(), e);
    }
  }

  private static void relay(byte[] own, Written written, ByteArrayOutputStream out)
      throws IOException {
    Object read =
        new GenericDatumReader<>(written.from(), written.to())
            .read(null, DecoderFactory.get().binaryDecoder(own, null));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(written.to()).write(read, encoder);
    encoder.flush();
  }

  /// Writes a value's Avro bytes.
  interface Value {
    void write(ByteArrayOutputStream out) throws IOException;
  }
}
