package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Hours;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reckons a flow's day and time from when the caller spoke: never by the clock of the machine, so
/// that hearing a call again gives the same.
final class Appointments {
  private final Conversation talk;

  Appointments(Conversation talk) {
    this.talk = talk;
  }

  /// Whether one of the slots is a part of the flow's appointment.
  static boolean isOf(Flow flow, List<String> slots) {
    Appointment appointment = flow.appointment();
    return appointment != null && slots.stream().anyMatch(appointment::has);
  }

  /// Whether `more` has another day or time.
  static boolean isOther(Flow flow, Frame frame, Frame more) {
    Appointment appointment = flow.appointment();
    return appointment != null
        && more.slots().entrySet().stream()
            .filter(each -> appointment.has(each.getKey()))
            .anyMatch(each -> !each.getValue().equals(frame.slots().get(each.getKey())));
  }

  /// With the day on which a time that stands alone comes next.
  Frame completed(Flow flow, Frame frame) {
    Appointment appointment = flow.appointment();
    if (appointment == null || frame.slots().containsKey(appointment.day())) {
      return frame;
    }
    String time = frame.slots().get(appointment.time());
    LocalDate day =
        time == null ? null : appointment.hours().next(LocalTime.parse(time), talk.now());
    return day == null ? frame : frame.filled(appointment.day(), day.toString(), false);
  }

  /// Why the day and time cannot be had; empty if they can.
  List<String> refused(Flow flow, Frame frame) {
    Appointment appointment = flow.appointment();
    if (appointment == null) {
      return List.of();
    }
    @Nullable String day = frame.slots().get(appointment.day());
    @Nullable String time = frame.slots().get(appointment.time());
    if (day == null && time == null) {
      return List.of();
    }
    boolean isPast = day != null && isPast(day, time);
    if (!isPast && isOpen(appointment.hours(), day, time)) {
      return List.of();
    }
    return talk.told(
        isPast ? appointment.past() : appointment.closed(),
        isPast ? "past" : "closed",
        talk.values(frame.slots(), null));
  }

  private boolean isPast(String day, @Nullable String time) {
    LocalDateTime now = talk.now();
    return time == null
        ? LocalDate.parse(day).isBefore(now.toLocalDate())
        : !LocalDate.parse(day).atTime(LocalTime.parse(time)).isAfter(now);
  }

  private boolean isOpen(Hours hours, @Nullable String day, @Nullable String time) {
    if (day == null) {
      return false;
    }
    LocalDate date = LocalDate.parse(day);
    return time == null
        ? hours.isOpen(date, talk.now())
        : hours.isOpen(date.atTime(LocalTime.parse(time)));
  }
}
