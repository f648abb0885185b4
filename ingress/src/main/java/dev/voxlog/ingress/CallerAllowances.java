package dev.voxlog.ingress;

import dev.voxlog.runtime.VoxClock;
import java.util.LinkedHashMap;
import java.util.Map;

/// So much of something a minute for each caller. Callers that are remembered are bounded: who has
/// asked for nothing for longest is forgotten first. Confined to the node's event loop.
final class CallerAllowances {
  private static final int MOST_CALLERS = 10_000;
  private static final int LONGEST_CALLER = 64;

  private final int perMinute;
  private final VoxClock clock;
  private final Map<String, Allowance> callers = new LinkedHashMap<>(1024, 0.75f, true);

  CallerAllowances(int perMinute, VoxClock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  Allowance of(String caller) {
    String key = caller.length() > LONGEST_CALLER ? caller.substring(0, LONGEST_CALLER) : caller;
    Allowance allowance = callers.computeIfAbsent(key, _ -> new Allowance(perMinute, clock.now()));
    if (callers.size() > MOST_CALLERS) {
      callers.remove(callers.keySet().iterator().next());
    }
    return allowance;
  }

  int callers() {
    return callers.size();
  }
}
