package dev.voxlog.ingress;

import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many calls each caller has at this node: those whose streams are open, and those whose
/// streams are on their way. Confined to the node's event loop; time is what it is told.
final class OpenCalls {
  private static final int LONGEST_CALLER = 64;

  /// From the carrier's being told to connect until its stream is there.
  private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

  private final Map<CallId, String> open = new HashMap<>();
  private final Map<CallId, Expected> expected = new LinkedHashMap<>();
  private final Map<String, Integer> byCaller = new HashMap<>();

  private record Expected(String caller, Instant until) {}

  /// How many calls the caller has.
  int of(String caller, Instant now) {
    Iterator<Expected> oldest = expected.values().iterator();
    while (oldest.hasNext()) {
      Expected next = oldest.next();
      if (next.until().isAfter(now)) {
        break;
      }
      oldest.remove();
      less(next.caller());
    }
    return byCaller.getOrDefault(key(caller), 0);
  }

  /// The caller's stream is to come, soon or not at all.
  void expect(CallId call, String caller, Instant now) {
    if (!open.containsKey(call)) {
      closed(call);
      expected.put(call, new Expected(key(caller), now.plus(ON_THE_WAY)));
      byCaller.merge(key(caller), 1, Integer::sum);
    }
  }

  void opened(CallId call, String caller) {
    closed(call);
    open.put(call, key(caller));
    byCaller.merge(key(caller), 1, Integer::sum);
  }

  /// A call that is not here changes nothing.
  void closed(CallId call) {
    String caller = open.remove(call);
    Expected before = expected.remove(call);
    if (caller != null) {
      less(caller);
    }
    if (before != null) {
      less(before.caller());
    }
  }

  private void less(String caller) {
    byCaller.computeIfPresent(caller, (_, calls) -> calls > 1 ? calls - 1 : null);
  }

  private static String key(String caller) {
    return caller.length() > LONGEST_CALLER ? caller.substring(0, LONGEST_CALLER) : caller;
  }
}
