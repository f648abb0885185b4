package dev.voxlog.schemas;

/// The name of one call, derived from the carrier's own call id so that a stream that comes again
/// finds its call.
public record CallId(String value) implements Comparable<CallId> {
  public CallId {
    if (value.isBlank() || value.length() > 128) {
      throw new IllegalArgumentException("a call id has 1 to 128 characters, not '" + value + "'");
    }
  }

  @Override
  public int compareTo(CallId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
