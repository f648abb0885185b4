package dev.voxlog.agent.reading;

import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Hours;
import dev.voxlog.agent.Template;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a flow's `appointment`.
final class AppointmentReader {
  private static final Hours ALWAYS = Hours.daily(LocalTime.MIN, LocalTime.MAX);
  private static final String DAILY = "daily";
  private static final String MIDNIGHT = "24:00";
  private static final String EXAMPLE = "write hours: {daily: 08:00-22:00}, or the days' names";

  private AppointmentReader() {}

  static @Nullable Appointment read(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String day = section.text("day", "day");
    String time = section.text("time", "time");
    Hours hours = hours(section);
    List<Template> past = section.templates("past");
    List<Template> closed = section.templates("closed");
    List<Template> ask = section.templates("ask");
    return section.build(() -> new Appointment(day, time, hours, past, closed, ask));
  }

  private static Hours hours(Section appointment) {
    Section section = appointment.section("hours");
    if (section == null) {
      return ALWAYS;
    }
    Map<DayOfWeek, Hours.Span> days = new EnumMap<>(DayOfWeek.class);
    for (String key : section.keys()) {
      Hours.Span span = span(section, key);
      for (DayOfWeek day : DayOfWeek.values()) {
        if (key.equals(DAILY) || key.equals(day.name().toLowerCase(Locale.ROOT))) {
          days.put(day, span);
        }
      }
    }
    Hours hours = section.build(() -> new Hours(days));
    return hours == null ? ALWAYS : hours;
  }

  private static Hours.Span span(Section section, String key) {
    boolean isDay =
        key.equals(DAILY)
            || List.of(DayOfWeek.values()).stream()
                .anyMatch(day -> key.equals(day.name().toLowerCase(Locale.ROOT)));
    if (!isDay) {
      section.report(key, "is no day", EXAMPLE);
    }
    String text = section.text(key);
    String[] ends = text.split("-", -1);
    Hours.Span read = null;
    if (ends.length == 2) {
      try {
        LocalTime from = LocalTime.parse(ends[0].strip());
        String end = ends[1].strip();
        LocalTime to = end.equals(MIDNIGHT) ? LocalTime.MAX : LocalTime.parse(end);
        read = section.part(() -> new Hours.Span(from, to));
      } catch (DateTimeException _) {
        section.report(key, text + " is no span of a day", EXAMPLE);
      }
    } else {
      section.report(key, text + " is no span of a day", EXAMPLE);
    }
    return read == null ? new Hours.Span(LocalTime.MIN, LocalTime.MAX) : read;
  }
}
