package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last records a call has handled, by topic and identity: what comes again is dropped.
/// Bounded; a repeat comes soon or never, since only a takeover writes twice.
///
/// Each is 8 bytes, a hash: there are many calls, and each stage keeps such a list of each. That
/// two of a call's last 512 have the same is not to be expected in a thousand million calls.
final class RecentIdentities {
  private static final int KEPT = 512;

  /// Of 64 bits, by http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, here over UTF-16).
  private static final long FNV_BASIS = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  /// Filled from the front, and then round and round.
  private long[] recent = new long[8];

  private int size;
  private int oldest;

  /// Notes the identity; false when it was there already. Records without one are always new.
  boolean isNew(Topic topic, @Nullable String identity) {
    if (identity == null) {
      return true;
    }
    long hash = hash(topic, identity);
    for (int i = 0; i < size; i++) {
      if (recent[i] == hash) {
        return false;
      }
    }
    if (size < KEPT) {
      recent = size < recent.length ? recent : Arrays.copyOf(recent, 2 * size);
      recent[size++] = hash;
    } else {
      recent[oldest] = hash;
      oldest = (oldest + 1) % KEPT;
    }
    return true;
  }

  private static long hash(Topic topic, String identity) {
    long hash = (FNV_BASIS ^ topic.ordinal()) * FNV_PRIME;
    for (int i = 0; i < identity.length(); i++) {
      hash = (hash ^ identity.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
