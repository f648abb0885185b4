package dev.voxlog.ingress;

import dev.voxlog.runtime.VoxClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many calls may come in, of one caller and in all: token buckets that hold a minute's calls
/// and fill evenly. Calls without a number count as one caller's. Confined to the node's event
/// loop.
final class CallRates {
  private static final int MOST_CALLERS = 10_000;
  private static final int LONGEST_CALLER = 64;

  private final IngressConfig.Rates rates;
  private final VoxClock clock;
  private final Allowance all;
  private final Map<String, Allowance> callers = new LinkedHashMap<>(1024, 0.75f, true);

  CallRates(IngressConfig.Rates rates, VoxClock clock) {
    this.rates = rates;
    this.clock = clock;
    all = new Allowance(rates.perMinute(), clock.now());
  }

  enum Ruling {
    ADMITTED,
    TOO_MANY_OF_CALLER,
    TOO_MANY
  }

  /// A call has come in. What is refused uses nothing up.
  Ruling admit(String from) {
    Instant now = clock.now();
    if (all.isEmpty(now)) {
      return Ruling.TOO_MANY;
    }
    Allowance caller = caller(from, now);
    if (caller.isEmpty(now)) {
      return Ruling.TOO_MANY_OF_CALLER;
    }
    all.take();
    caller.take();
    return Ruling.ADMITTED;
  }

  /// Who has not called for longest is forgotten first, when there are too many.
  private Allowance caller(String from, Instant now) {
    String key = from.length() > LONGEST_CALLER ? from.substring(0, LONGEST_CALLER) : from;
    Allowance bucket =
        callers.computeIfAbsent(key, _ -> new Allowance(rates.perMinutePerCaller(), now));
    if (callers.size() > MOST_CALLERS) {
      callers.remove(callers.keySet().iterator().next());
    }
    return bucket;
  }

  int callers() {
    return callers.size();
  }
}
