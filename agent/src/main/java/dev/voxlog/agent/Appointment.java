package dev.voxlog.agent;

import java.util.List;
import java.util.stream.Stream;

/// A day and a time that a flow's slots hold and that belong together: a time alone is taken for
/// the next day on which it is still to come; what is past, or out of `hours`, is asked for again
/// by `ask`, with `past` or `closed` before it as the reason.
///
/// Both slots are optional ones. They are reckoned in the agent's time zone, from when the caller
/// spoke.
public record Appointment(
    String day,
    String time,
    Hours hours,
    List<Template> past,
    List<Template> closed,
    List<Template> ask) {
  public Appointment {
    past = List.copyOf(past);
    closed = List.copyOf(closed);
    ask = List.copyOf(ask);
    new Rules()
        .that(
            !past.isEmpty(), "past", "no wording", "gives no reason", "add past: That has passed.")
        .that(
            !closed.isEmpty(),
            "closed",
            "no wording",
            "gives no reason",
            "add closed: We're closed.")
        .that(!ask.isEmpty(), "ask", "no wording", "asks nothing", "add ask: When shall we call?")
        .enforce();
  }

  /// Whether the slot of this name is one of the two.
  public boolean has(String slot) {
    return slot.equals(day) || slot.equals(time);
  }

  Stream<Template> wordings() {
    return Stream.of(past, closed, ask).flatMap(List::stream);
  }
}
