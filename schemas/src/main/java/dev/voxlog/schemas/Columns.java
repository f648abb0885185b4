package dev.voxlog.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;

/// The columns of one contract, taken in any order and checked against its `.avsc` file.
final class Columns {
  private final Schema schema;
  private final Column[] taken;

  private Columns(Schema schema) {
    this.schema = schema;
    this.taken = new Column[schema.getFields().size()];
  }

  static Columns of(String record) {
    String resource = "/avro/" + record + ".avsc";
    try (InputStream in = Columns.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new Columns(
          new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Schema schema() {
    return schema;
  }

  Column.Int integer(String name) {
    return take(name, Schema.Type.INT, Column.Int::new);
  }

  Column.Count number(String name) {
    return take(name, Schema.Type.LONG, Column.Count::new);
  }

  Column.Moment moment(String name) {
    return take(name, Schema.Type.LONG, Column.Moment::new);
  }

  Column.Fraction fraction(String name) {
    return take(name, Schema.Type.DOUBLE, Column.Fraction::new);
  }

  Column.Flag flag(String name) {
    return take(name, Schema.Type.BOOLEAN, Column.Flag::new);
  }

  Column.Text text(String name) {
    return take(name, Schema.Type.STRING, Column.Text::new);
  }

  Column.Bytes bytes(String name) {
    return take(name, Schema.Type.BYTES, Column.Bytes::new);
  }

  Column.TextMap map(String name) {
    return take(name, Schema.Type.MAP, Column.TextMap::new);
  }

  <E extends Enum<E>> Column.Symbol<E> symbol(String name, Class<E> type) {
    return take(name, Schema.Type.ENUM, place -> new Column.Symbol<>(place, type));
  }

  <T> Column.Items<T> items(String name, Element<T> element) {
    return take(name, Schema.Type.ARRAY, place -> new Column.Items<>(place, element));
  }

  /// The columns in the schema's order; every field must have been taken.
  Column[] all() {
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == null) {
        throw new IllegalStateException(
            schema.getName() + "'s codec does not know '" + schema.getFields().get(i).name() + "'");
      }
    }
    return taken.clone();
  }

  private <C extends Column> C take(String name, Schema.Type type, Function<Place, C> make) {
    Schema.Field field = schema.getField(name);
    if (field == null) {
      throw new IllegalStateException(schema.getName() + ".avsc has no '" + name + "'");
    }
    boolean isNullable = field.schema().isUnion();
    Schema plain = isNullable ? field.schema().getTypes().get(1) : field.schema();
    if (plain.getType() != type) {
      throw new IllegalStateException(
          schema.getName() + ".avsc: '" + name + "' is " + plain.getType() + ", not " + type);
    }
    C column = make.apply(new Place(field.pos(), name, isNullable, plain));
    taken[field.pos()] = column;
    return column;
  }

  /// Where a column stands in its schema.
  record Place(int index, String name, boolean isNullable, Schema schema) {
    <E extends Enum<E>> Map<E, Integer> ordinals(Class<E> type) {
      Map<E, Integer> ordinals = new EnumMap<>(type);
      for (E constant : type.getEnumConstants()) {
        if (!schema.hasEnumSymbol(constant.name())) {
          throw new IllegalStateException("'" + name + "' has no symbol " + constant);
        }
        ordinals.put(constant, schema.getEnumOrdinal(constant.name()));
      }
      return ordinals;
    }

    <E extends Enum<E>> List<E> constants(Class<E> type) {
      List<E> constants = new ArrayList<>();
      for (String symbol : schema.getEnumSymbols()) {
        constants.add(Enum.valueOf(type, symbol));
      }
      return List.copyOf(constants);
    }
  }
}
