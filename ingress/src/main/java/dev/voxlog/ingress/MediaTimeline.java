package dev.voxlog.ingress;

import org.jspecify.annotations.Nullable;

/// Places a stream's audio on the call's media clock by the carrier's own timestamps, never by
/// counting bytes. Confined to one thread.
final class MediaTimeline {
  private static final long FRAME_MS = 20;
  private static final long LONGEST_JUMP_MS = 600_000;

  private final long baseMs;
  private long lastTimestamp = -1;
  private long endMs;

  MediaTimeline(long baseMs) {
    this.baseMs = baseMs;
    this.endMs = baseMs;
  }

  /// Where a piece of audio belongs.
  sealed interface Place {
    /// At `mediaMs`, after `missing` if anything is.
    record At(long mediaMs, @Nullable Missing missing) implements Place {
      /// Where what is missing begins, if anything is.
      long beginMs() {
        return missing == null ? mediaMs : missing.mediaMs();
      }
    }

    /// Nowhere: it is old, a repeat, or absurdly far ahead.
    record Nowhere(String reason) implements Place {}
  }

  /// Audio that never came.
  record Missing(long mediaMs, long durationMs) {}

  Place place(long timestampMs, long durationMs) {
    long mediaMs = baseMs + timestampMs;
    if (timestampMs <= lastTimestamp) {
      return new Place.Nowhere("repeated-frame");
    }
    if (mediaMs - endMs > LONGEST_JUMP_MS) {
      return new Place.Nowhere("absurd-timestamp");
    }
    Missing missing = mediaMs - endMs > FRAME_MS ? new Missing(endMs, mediaMs - endMs) : null;
    lastTimestamp = timestampMs;
    endMs = Math.max(endMs, mediaMs + durationMs);
    return new Place.At(mediaMs, missing);
  }

  /// The end of the latest audio.
  long endMs() {
    return endMs;
  }
}
