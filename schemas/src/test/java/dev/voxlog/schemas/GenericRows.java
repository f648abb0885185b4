package dev.voxlog.schemas;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// Events as plain Avro records, made without the codecs: component by component, by the contract's
/// names.
public final class GenericRows {
  /// Where the contract's name avoids a word that SQL keeps to itself.
  static final Map<String, String> RENAMED =
      Map.of(
          "next", "nextAction",
          "language", "languageTag",
          "from", "fromAddress",
          "to", "toAddress",
          "arguments", "toolArguments",
          "result", "toolResult",
          "function", "functionName",
          "value", "canonical",
          "start", "startIndex",
          "end", "endIndex");

  private GenericRows() {}

  public static GenericRecord of(VoxEvent event, Schema schema) {
    GenericRecord row = fill((Record) event, schema);
    Schema kinds = schema.getField("kind").schema();
    row.put("kind", new GenericData.EnumSymbol(kinds, kind(event.getClass())));
    return row;
  }

  static String kind(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  static String field(Class<?> type, String component) {
    if (type == CallEvent.Mark.class && component.equals("name")) {
      return "markName";
    }
    if (type == CallEvent.Expects.class && component.equals("length")) {
      return "answerLength";
    }
    return RENAMED.getOrDefault(component, component);
  }

  private static GenericRecord fill(Record from, Schema schema) {
    GenericRecord row = new GenericData.Record(schema);
    put(from, row);
    return row;
  }

  /// The components of a record that has no field of its own lie flat among the others.
  private static void put(Record from, GenericRecord row) {
    for (RecordComponent component : from.getClass().getRecordComponents()) {
      try {
        String name = field(from.getClass(), component.getName());
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(from);
        Schema.Field field = row.getSchema().getField(name);
        if (field == null && value instanceof Record flat) {
          put(flat, row);
        } else {
          row.put(name, value(value, field.schema()));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static @Nullable Object value(@Nullable Object value, Schema schema) {
    Schema plain = schema.isUnion() ? schema.getTypes().get(1) : schema;
    return switch (value) {
      case null -> null;
      case CallId id -> id.value();
      case Instant at -> ChronoUnit.MICROS.between(Instant.EPOCH, at);
      case AudioBytes audio -> audio.buffer();
      case Enum<?> symbol -> new GenericData.EnumSymbol(plain, symbol.name());
      case List<?> list -> list.stream().map(item -> value(item, plain.getElementType())).toList();
      case Record nested -> fill(nested, plain);
      default -> value;
    };
  }
}
