package dev.voxlog.analytics;

import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event with its place in its topic's partition, and when a reader had it, by the reader's
/// clock (null when unknown, as for records of long ago).
public record LogRecord<E extends VoxEvent>(E event, long offset, @Nullable Instant readAt) {

  public Instant at() {
    return event.at();
  }

  /// This record seen as the kind that its event is.
  <F extends VoxEvent> LogRecord<F> as(F same) {
    return new LogRecord<>(same, offset, readAt);
  }
}
