package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The call begins on Wednesday, December 31, at seven in the evening in New York, where Acme is.
class CallbackTimeTest {
  private final CallLab call = CallLab.greeted();

  private void wants(String day, String time) {
    call.says("call me then", "callback", entity("date", day), entity("time", time)).hearsAll();
  }

  private String booked() {
    call.says("yes", "yes").hearsAll();
    return call.tools.made.getLast().arguments().toString();
  }

  @Test
  void theDayAndTimeAreReadBackWithTheNumberAndBooked() {
    wants("2026-01-01", "15:30");
    assertThat(call.saidAll())
        .isEqualTo(
            "Sure. Shall we call you on Thursday, January 1 at 3:30 PM, on the number you're calling from?");
    assertThat(call.tools.made).isEmpty();

    assertThat(booked())
        .isEqualTo("{\"day\":\"2026-01-01\",\"phone\":\"+15550142\",\"time\":\"15:30\"}");
    assertThat(call.saidAll())
        .startsWith("Done. We'll call you on Thursday, January 1 at 3:30 PM.");
  }

  @Test
  void aTimeAloneIsTheNextOneThatComes() {
    call.says("call me at eight in the evening", "callback", entity("time", "20:00"));
    assertThat(call.saidAll()).contains("Wednesday, December 31 at 8:00 PM");

    CallLab later = CallLab.greeted();
    later.says("call me at half past three", "callback", entity("time", "15:30"));
    assertThat(later.saidAll()).contains("Thursday, January 1 at 3:30 PM");
  }

  @Test
  void whatIsPastIsAskedForAgainWithTheReason() {
    wants("2025-12-31", "15:00");
    assertThat(call.saidAll())
        .isEqualTo("I'm sorry, that's in the past already. What day and time would suit you?");
    call.says("tomorrow at ten", "unsure", entity("date", "2026-01-01"), entity("time", "10:00"));

    assertThat(call.saidAll()).contains("Thursday, January 1 at 10:00 AM");
  }

  @Test
  void outOfHoursIsAskedForAgainWithTheReason() {
    wants("2026-01-01", "23:00");
    assertThat(call.saidAll())
        .startsWith("I'm sorry, nobody can call you then. We call from eight in the morning");
    call.hearsAll().says("on friday then", "unsure", entity("date", "2026-01-02")).hearsAll();
    assertThat(call.saidAll()).contains("Shall we call you on Friday, January 2, on the number");

    assertThat(booked()).isEqualTo("{\"day\":\"2026-01-02\",\"phone\":\"+15550142\"}");
  }

  @Test
  void anotherTimeInTheReadBackTakesThePlaceOfTheFirst() {
    wants("2026-01-01", "15:30");
    call.says("no at four", "no", entity("time", "16:00")).hearsAll();
    assertThat(call.saidAll()).contains("Thursday, January 1 at 4:00 PM, on the number");

    assertThat(booked()).contains("\"time\":\"16:00\"");
  }

  @Test
  void whoHasNoTimeThatWillDoIsNotAskedForEver() {
    for (int times = 0; times < 4; times++) {
      wants("2025-12-30", "15:00");
    }

    assertThat(call.saidAll()).doesNotContain("What day and time");
    assertThat(call.tools.made).isEmpty();
  }

  @Test
  void aSuccessorReckonsTheSame() {
    call.lab.holdCheckpoints();
    call.says("call me at half past three", "callback", entity("time", "15:30"));
    String said = call.saidAll();
    call.lab.advance(java.time.Duration.ofHours(20));
    call.lab.takeOver().work();

    assertThat(call.saidAll()).isEqualTo(said);
  }
}
