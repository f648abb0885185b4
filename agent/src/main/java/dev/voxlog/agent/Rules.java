package dev.voxlog.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what a record's values break, so that all of it is told at once.
public final class Rules {
  private final List<RulesBroken.Break> breaks = new ArrayList<>();

  /// Holds `value` of `key` to a rule, told as in "must be longer than 0"; `fix` says what to write
  /// instead.
  public Rules that(boolean holds, String key, @Nullable Object value, String rule, String fix) {
    if (!holds) {
      breaks.add(new RulesBroken.Break(key, String.valueOf(value), rule, fix));
    }
    return this;
  }

  /// Throws [RulesBroken] if any rule did not hold.
  public void enforce() {
    if (!breaks.isEmpty()) {
      throw new RulesBroken(breaks);
    }
  }
}
