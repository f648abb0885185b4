package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// The last records a call has handled, by topic and identity: what comes again is dropped.
/// Bounded; a repeat comes soon or never, since only a takeover writes twice.
final class RecentIdentities {
  private static final int KEPT = 512;

  private final LinkedHashSet<String> recent = new LinkedHashSet<>();

  /// Notes the identity; false when it was there already. Records without one are always new.
  boolean isNew(Topic topic, @Nullable String identity) {
    if (identity == null) {
      return true;
    }
    if (!recent.add(topic.ordinal() + identity)) {
      return false;
    }
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
    return true;
  }
}
