package dev.voxlog.schemas;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/// Turns one topic's events into flat Avro records and back, without the Confluent frame around
/// them.
///
/// Any number of threads, virtual ones too, may use one codec at once: what a call needs is
/// borrowed from a few spares. Instants keep microseconds. A list or map that is null on the wire
/// is read as empty.
public abstract sealed class TopicCodec<E extends VoxEvent>
    permits CallerAudioCodec,
        TranscriptCodec,
        UnderstandingCodec,
        TurnCodec,
        AgentAudioCodec,
        CallEventCodec {
  private final Class<E> type;
  private final Schema schema;
  private final Column[] columns;
  private final Spares<Scratch> spares;
  private final Map<Schema, WriterSchema> writers = new ConcurrentHashMap<>();

  TopicCodec(Class<E> type, Columns columns) {
    this.type = type;
    this.schema = columns.schema();
    this.columns = columns.all();
    int fields = this.columns.length;
    this.spares = new Spares<>(() -> new Scratch(fields));
  }

  /// Puts an event's fields into the row.
  abstract void fill(E event, Row row);

  /// Makes the row's event, or [Decoded.Unknown] of a kind that is not ours.
  abstract Decoded<E> build(Row row);

  final Decoded<E> known(E event) {
    return new Decoded.Event<>(event);
  }

  final Decoded<E> unknown() {
    return new Decoded.Unknown<>("UNKNOWN");
  }

  /// This version's contract.
  public final Schema schema() {
    return schema;
  }

  public final Class<E> eventType() {
    return type;
  }

  /// Writes through an encoder of the caller's choice, such as Avro's JSON one. Does not flush.
  public final void encode(E event, Encoder out) throws IOException {
    Scratch scratch = spares.take();
    write(event, scratch.row, out);
    spares.putBack(scratch);
  }

  /// Writes the binary form and flushes, but does not close.
  public final void encode(E event, OutputStream out) throws IOException {
    Scratch scratch = spares.take();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, scratch.encoder);
    scratch.encoder = encoder;
    write(event, scratch.row, encoder);
    encoder.flush();
    spares.putBack(scratch);
  }

  public final byte[] encode(E event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try {
      encode(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Encodes an event known to be of this topic by [Topic#of]; throws ClassCastException if it is
  /// not.
  public final void encodeAny(VoxEvent event, OutputStream out) throws IOException {
    encode(type.cast(event), out);
  }

  /// Reads what was written with `writer`, by schema resolution where that is not our own layout.
  ///
  /// Throws [UndecodableRecordException] when the bytes are no such record, when the schemas cannot
  /// be resolved, or when a field that the kind needs is missing.
  public final Decoded<E> decode(Schema writer, byte[] bytes) {
    return decode(writer, bytes, 0, bytes.length);
  }

  /// As above, from the buffer's position to its limit, which stay as they are.
  public final Decoded<E> decode(Schema writer, ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return decode(
          writer, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return decode(writer, copy);
  }

  private Decoded<E> decode(Schema writer, byte[] bytes, int offset, int length) {
    WriterSchema from = writers.computeIfAbsent(writer, w -> WriterSchema.of(w, schema));
    Scratch scratch = spares.take();
    try {
      scratch.row.clear();
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, offset, length, scratch.decoder);
      scratch.decoder = in;
      from.read(in, columns, scratch.row);
      if (!in.isEnd()) {
        throw new UndecodableRecordException("bytes left over after a " + schema.getName());
      }
      return named(build(scratch.row), from, bytes, offset, length);
    } catch (UndecodableRecordException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UndecodableRecordException("no " + schema.getName() + ": " + reason(e), e);
    } finally {
      spares.putBack(scratch);
    }
  }

  private Decoded<E> named(
      Decoded<E> decoded, WriterSchema from, byte[] bytes, int offset, int length) {
    return decoded instanceof Decoded.Unknown<E>
        ? new Decoded.Unknown<>(from.kind(bytes, offset, length))
        : decoded;
  }

  private void write(E event, Row row, Encoder out) throws IOException {
    row.clear();
    row.kind(event.getClass().getSimpleName());
    fill(event, row);
    for (Column column : columns) {
      column.write(out, row);
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case EOFException _ -> "the bytes end too early";
      case AvroRuntimeException _, IOException _ -> e.getClass().getSimpleName();
      default -> e.getClass().getSimpleName() + " in a field's value";
    };
  }

  /// What one encoding or decoding needs for itself.
  private static final class Scratch {
    private final Row row;
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    private Scratch(int fields) {
      row = new Row(fields);
    }
  }
}
