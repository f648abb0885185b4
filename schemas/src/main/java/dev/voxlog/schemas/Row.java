package dev.voxlog.schemas;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of one flat record, by position, without boxing; reused from record to record.
final class Row {
  private final long[] numbers;
  private final @Nullable Object[] objects;
  private final boolean[] isSet;
  private String kind = "";

  Row(int fields) {
    numbers = new long[fields];
    objects = new Object[fields];
    isSet = new boolean[fields];
  }

  void clear() {
    Arrays.fill(objects, null);
    Arrays.fill(isSet, false);
    kind = "";
  }

  /// Names the kind in messages about missing fields.
  void kind(String kind) {
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  boolean isSet(int field) {
    return isSet[field];
  }

  void number(int field, long value) {
    numbers[field] = value;
    isSet[field] = true;
  }

  long number(int field) {
    return numbers[field];
  }

  void object(int field, Object value) {
    objects[field] = value;
    isSet[field] = true;
  }

  @Nullable Object object(int field) {
    return objects[field];
  }
}
