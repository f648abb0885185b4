package dev.voxlog.models;

/// A stretch of a file: bytes from `from` up to, not including, `to`.
public record ByteRange(long from, long to) {
  public ByteRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "byte range " + from + ".." + to + " is empty or negative");
    }
  }

  /// Length in bytes.
  public long size() {
    return to - from;
  }
}
