package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.registry.RegistryException;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

/// The frame around an Avro value: a zero byte, the schema's id in four bytes (big-endian), the
/// value. Source: Confluent Platform, "Schema Registry wire format".
final class Frame {
  static final int LENGTH = 5;

  private Frame() {}

  static ByteArrayOutputStream open(int id, int expectedLength) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(LENGTH + expectedLength);
    out.write(0);
    out.write(id >>> 24);
    out.write(id >>> 16);
    out.write(id >>> 8);
    out.write(id);
    return out;
  }

  /// The writer's schema. A registry that is down is no fault of the bytes: then the registry's
  /// exception goes on.
  static Schema schema(byte[] bytes, SchemaRegistryClient registry) {
    if (bytes.length < LENGTH || bytes[0] != 0) {
      throw new UndecodableRecordException("not in Confluent's wire format: no magic byte and id");
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    if (id < 0) {
      throw new UndecodableRecordException("schema id " + id + ", which no registry gives");
    }
    try {
      return registry.byId(id);
    } catch (RegistryException e) {
      if (!e.isUnknownSchema()) {
        throw e;
      }
      throw new UndecodableRecordException("schema id " + id + ": " + e.getMessage(), e);
    }
  }

  static ByteBuffer value(byte[] bytes) {
    return ByteBuffer.wrap(bytes, LENGTH, bytes.length - LENGTH);
  }
}
