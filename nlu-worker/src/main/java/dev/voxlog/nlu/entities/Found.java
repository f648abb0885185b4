package dev.voxlog.nlu.entities;

/// Something exact between two token positions, `to` exclusive.
record Found(String kind, String value, int from, int to) {
  boolean overlaps(Found other) {
    return from < other.to && other.from < to;
  }
}
