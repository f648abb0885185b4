package dev.voxlog.schemas;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/// One field of a flat record: its place, and how its values lie in a [Row] and on the wire.
abstract sealed class Column {
  final int index;
  final String name;
  private final boolean isNullable;

  Column(Columns.Place place) {
    index = place.index();
    name = place.name();
    isNullable = place.isNullable();
  }

  abstract void writeValue(Encoder out, Row row) throws IOException;

  abstract void readValue(Decoder in, Row row) throws IOException;

  final void write(Encoder out, Row row) throws IOException {
    boolean isSet = row.isSet(index);
    if (isNullable) {
      out.writeIndex(isSet ? 1 : 0);
    } else if (!isSet) {
      throw new IllegalStateException(row.kind() + " must have '" + name + "'");
    }
    if (isSet) {
      writeValue(out, row);
    }
  }

  final void read(Decoder in, Row row) throws IOException {
    if (isNullable && in.readIndex() == 0) {
      in.readNull();
    } else {
      readValue(in, row);
    }
  }

  final void require(Row row) {
    if (!row.isSet(index)) {
      throw new UndecodableRecordException(row.kind() + " without '" + name + "'");
    }
  }

  static final class Int extends Column {
    Int(Columns.Place place) {
      super(place);
    }

    void put(Row row, int value) {
      row.number(index, value);
    }

    int of(Row row) {
      require(row);
      return (int) row.number(index);
    }

    @Override
    void writeValue(Encoder out, Row row) throws IOException {
      out.writeInt((int) row.number(index));
    }

    @Override
    void readValue(Decoder in, Row row) throws IOException {
      row.number(index, in.readInt());
    }
  }

  /// A whole number: milliseconds, offsets, counters.
  static final class Count extends Column {
    Count(Columns.Place place) {
      super(place);
    }

    void put(Row row, long value) {
      row.number(index, value);
    }

    long of(Row row) {
      require(row);
      return row.number(index);
    }

    void putIfSet(Row row, @Nullable Long value) {
      if (value != null) {
        put(row, value);
      }
    }

    @Nullable Long orNull(Row row) {
      return row.isSet(index) ? row.number(index) : null;
    }

    @Override
    void writeValue(Encoder out, Row row) throws IOException {
      out.writeLong(row.number(index));
    }

    @Override
    void readValue(Decoder in, Row row) throws IOException {
      row.number(index, in.readLong());
    }
  }

  /// A timestamp in whole microseconds; finer parts are cut off.
  static final class Moment extends Column {
    Moment(Columns.Place place) {
      super(place);
    }

    void put(Row row, Instant value) {
      row.number(index, ChronoUnit.MICROS.between(Instant.EPOCH, value));
    }

    Instant of(Row row) {
      require(row);
      return Instant.EPOCH.plus(row.number(index), ChronoUnit.MICROS);
    }

    @Override
    void writeValue(Encoder out, Row row) throws IOException {
      out.writeLong(row.number(index));
    }

    @Override
    void readValue(Decoder in, Row row) throws IOException {
      row.number(index, in.readLong());
    }
  }

  static final class Fraction extends Column {
    Fraction(Columns.Place place) {
      super(place);
    }

    void put(Row row, double value) {
      row.number(index, Double.doubleToRawLongBits(value));
    }

    void putIfSet(Row row, @Nullable Double value) {
      if (value != null) {
        put(row, value);
      }
    }

    double of(Row row) {
      require(row);
      return Double.longBitsToDouble(row.number(index));
    }

    @Nullable Double orNull(Row row) {
      return row.isSet(index) ? of(row) : null;
    }

    @Override
    void writeValue(Encoder out, Row row) throws IOException {
      out.writeDouble(Double.longBitsToDouble(row.number(index)));
    }

    @Override
    void readValue(Decoder in, Row row) throws IOException {
      row.number(index, Double.doubleToRawLongBits(in.readDouble()));
    }
  }

  static final class Flag extends Column {
    Flag(Columns.Place place) {
      super(place);
    }

    void put(Row row, boolean value) {
      row.number(index, value ? 1 : 0);
    }

    boolean of(Row row) {
      require(row);
      return row.number(index) == 1;
    }

    boolean orElse(Row row, boolean other) {
      return row.isSet(index) ? row.number(index) == 1 : other;
    }

    @Override
    void writeValue(Encoder out, Row row) throws IOException {
      out.writeBoolean(row.number(index) == 1);
    }

    @Override
    void readValue(Decoder in, Row row) throws IOException {
      row.number(index, in.readBoolean() ? 1 : 0);
    }
  }

  /// A field whose values are objects.
  abstract static sealed class Reference<T> extends Column {
    Reference(Columns.Place place) {
      super(place);
    }

    abstract void write(Encoder out, T value) throws IOException;

    abstract T read(Decoder in) throws IOException;

    final void put(Row row, @Nullable T value) {
      if (value != null) {
        row.object(index, value);
      }
    }

    @SuppressWarnings("unchecked")
    final @Nullable T orNull(Row row) {
      return (T) row.object(index);
    }

    final T of(Row row) {
      T value = orNull(row);
      if (value == null) {
        throw new UndecodableRecordException(row.kind() + " without '" + name + "'");
      }
      return value;
    }

    final T orElse(Row row, T other) {
      T value = orNull(row);
      return value == null ? other : value;
    }

    @Override
    final void writeValue(Encoder out, Row row) throws IOException {
      write(out, of(row));
    }

    @Override
    final void readValue(Decoder in, Row row) throws IOException {
      row.object(index, read(in));
    }
  }

  static final class Text extends Reference<String> {
    Text(Columns.Place place) {
      super(place);
    }

    @Override
    void write(Encoder out, String value) throws IOException {
      out.writeString(value);
    }

    @Override
    String read(Decoder in) throws IOException {
      return in.readString();
    }
  }

  static final class Bytes extends Reference<AudioBytes> {
    Bytes(Columns.Place place) {
      super(place);
    }

    @Override
    void write(Encoder out, AudioBytes value) throws IOException {
      out.writeBytes(value.array(), 0, value.length());
    }

    @Override
    AudioBytes read(Decoder in) throws IOException {
      return AudioBytes.wrap(in.readBytes(null).array());
    }
  }

  /// An enum; a symbol this version does not know arrives as `UNKNOWN`.
  static final class Symbol<E extends Enum<E>> extends Reference<E> {
    private final Map<E, Integer> toWire;
    private final List<E> fromWire;

    Symbol(Columns.Place place, Class<E> type) {
      super(place);
      toWire = place.ordinals(type);
      fromWire = place.constants(type);
    }

    @Override
    void write(Encoder out, E value) throws IOException {
      out.writeEnum(toWire.getOrDefault(value, 0));
    }

    @Override
    E read(Decoder in) throws IOException {
      int ordinal = in.readEnum();
      if (ordinal < 0 || ordinal >= fromWire.size()) {
        throw new UndecodableRecordException("'" + name + "' has no symbol " + ordinal);
      }
      return fromWire.get(ordinal);
    }
  }

  static final class Items<T> extends Reference<List<T>> {
    private final Element<T> element;

    Items(Columns.Place place, Element<T> element) {
      super(place);
      this.element = element;
    }

    @Override
    void write(Encoder out, List<T> values) throws IOException {
      out.writeArrayStart();
      out.setItemCount(values.size());
      for (T value : values) {
        out.startItem();
        element.write(out, value);
      }
      out.writeArrayEnd();
    }

    @Override
    List<T> read(Decoder in) throws IOException {
      List<T> values = new ArrayList<>();
      for (long n = in.readArrayStart(); n > 0; n = in.arrayNext()) {
        for (long i = 0; i < n; i++) {
          values.add(element.read(in));
        }
      }
      return values;
    }
  }

  static final class TextMap extends Reference<Map<String, String>> {
    TextMap(Columns.Place place) {
      super(place);
    }

    @Override
    void write(Encoder out, Map<String, String> values) throws IOException {
      out.writeMapStart();
      out.setItemCount(values.size());
      for (Map.Entry<String, String> entry : values.entrySet()) {
        out.startItem();
        out.writeString(entry.getKey());
        out.writeString(entry.getValue());
      }
      out.writeMapEnd();
    }

    @Override
    Map<String, String> read(Decoder in) throws IOException {
      Map<String, String> values = new HashMap<>();
      for (long n = in.readMapStart(); n > 0; n = in.mapNext()) {
        for (long i = 0; i < n; i++) {
          values.put(in.readString(), in.readString());
        }
      }
      return values;
    }
  }
}
