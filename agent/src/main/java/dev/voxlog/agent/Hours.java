package dev.voxlog.agent;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When somebody is there, by the day of the week; a day that is not listed is closed.
public record Hours(Map<DayOfWeek, Span> days) {
  /// From `from` until before `to`.
  public record Span(LocalTime from, LocalTime to) {
    public Span {
      new Rules()
          .that(
              from.isBefore(to),
              "hours",
              from + "-" + to,
              "must begin before it ends",
              "write 08:00-22:00")
          .enforce();
    }

    boolean holds(LocalTime time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  public Hours {
    days = Map.copyOf(days);
    new Rules()
        .that(
            !days.isEmpty(), "hours", "no day", "never opens", "write hours: {daily: 08:00-22:00}")
        .enforce();
  }

  /// The same hours on all days.
  public static Hours daily(LocalTime from, LocalTime to) {
    Map<DayOfWeek, Span> days = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      days.put(day, new Span(from, to));
    }
    return new Hours(days);
  }

  public boolean isOpen(LocalDateTime at) {
    Span span = days.get(at.getDayOfWeek());
    return span != null && span.holds(at.toLocalTime());
  }

  /// Whether the day has an hour after `at` in which somebody is there.
  public boolean isOpen(LocalDate day, LocalDateTime at) {
    Span span = days.get(day.getDayOfWeek());
    return span != null && day.atTime(span.to()).isAfter(at);
  }

  /// The first day on which `time` is still to come and somebody is there; null if there is none
  /// within a week.
  public @Nullable LocalDate next(LocalTime time, LocalDateTime now) {
    for (int days = 0; days <= DayOfWeek.values().length; days++) {
      LocalDateTime at = now.toLocalDate().plusDays(days).atTime(time);
      if (at.isAfter(now) && isOpen(at)) {
        return at.toLocalDate();
      }
    }
    return null;
  }
}
