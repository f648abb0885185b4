package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is remembered of calls that are not at hand: which have ended, and how the others go on
/// when they come back. Bounded, the oldest goes first. Confined to one thread.
final class PastCalls {
  private static final int REMEMBERED = 4096;

  private final Set<CallId> ended = new LinkedHashSet<>();
  private final Map<CallId, Restoration> resting = new LinkedHashMap<>();

  void ended(CallId call) {
    ended.add(call);
    bound(ended);
  }

  boolean isEnded(CallId call) {
    return ended.contains(call);
  }

  void rests(CallId call, @Nullable Restoration back) {
    if (back != null) {
      resting.put(call, back);
      bound(resting.keySet());
    }
  }

  /// With what the call goes on, null if it is new here.
  @Nullable Restoration takeBack(CallId call) {
    return resting.remove(call);
  }

  private static void bound(Set<CallId> calls) {
    while (calls.size() > REMEMBERED) {
      calls.remove(calls.iterator().next());
    }
  }
}
