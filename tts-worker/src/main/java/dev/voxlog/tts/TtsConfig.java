package dev.voxlog.tts;

import java.time.Duration;

/// How speech is cut into records and how much of it is kept for the next time.
///
/// `chunk` is the usual length of a record, whole frames of 20 ms; `cacheBytes` bounds the cache of
/// said clauses, 0 keeps none.
public record TtsConfig(Duration chunk, long cacheBytes) {
  /// What a carrier plays at a time.
  static final Duration FRAME = Duration.ofMillis(20);

  private static final Duration LONGEST_CHUNK = Duration.ofSeconds(2);

  public static final TtsConfig DEFAULT = new TtsConfig(Duration.ofMillis(200), 32L << 20);

  public TtsConfig {
    if (chunk.compareTo(FRAME) < 0
        || chunk.compareTo(LONGEST_CHUNK) > 0
        || chunk.toMillis() % FRAME.toMillis() != 0) {
      throw new IllegalArgumentException(
          "tts.chunk %d ms must be 20 to 2000 and a multiple of 20; write 200"
              .formatted(chunk.toMillis()));
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException(
          "tts.cacheBytes %d must not be negative; write 0 to keep nothing".formatted(cacheBytes));
    }
  }
}
