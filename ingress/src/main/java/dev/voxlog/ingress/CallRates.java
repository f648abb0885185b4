package dev.voxlog.ingress;

import dev.voxlog.runtime.VoxClock;
import java.time.Instant;

/// How many calls may come in, of one caller and in all: token buckets that hold a minute's calls
/// and fill evenly. Calls without a number count as one caller's. Confined to the node's event
/// loop.
final class CallRates {
  private final VoxClock clock;
  private final Allowance all;
  private final CallerAllowances callers;

  CallRates(IngressConfig.Rates rates, VoxClock clock) {
    this.clock = clock;
    callers = new CallerAllowances(rates.perMinutePerCaller(), clock);
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
    Allowance caller = callers.of(from);
    if (caller.isEmpty(now)) {
      return Ruling.TOO_MANY_OF_CALLER;
    }
    all.take();
    caller.take();
    return Ruling.ADMITTED;
  }

  int callers() {
    return callers.callers();
  }
}
