package dev.voxlog.agent;

import java.util.List;
import java.util.stream.Collectors;

/// A record was given values it refuses; each break names key, value, rule and fix.
public final class RulesBroken extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// One value against one rule.
  public record Break(String key, String value, String rule, String fix) {
    String reason() {
      return "%s %s".formatted(value, rule);
    }
  }

  private final transient List<Break> breaks;

  RulesBroken(List<Break> breaks) {
    super(
        breaks.stream()
            .map(each -> "%s: %s. Fix: %s".formatted(each.key(), each.reason(), each.fix()))
            .collect(Collectors.joining("; ")));
    this.breaks = List.copyOf(breaks);
  }

  public List<Break> breaks() {
    return breaks;
  }
}
