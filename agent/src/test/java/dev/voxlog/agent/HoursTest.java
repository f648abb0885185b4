package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoursTest {
  private static final LocalTime EIGHT = LocalTime.of(8, 0);
  private static final LocalTime TEN_AT_NIGHT = LocalTime.of(22, 0);
  private static final Hours DAILY = Hours.daily(EIGHT, TEN_AT_NIGHT);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);

  @Test
  void theFirstMinuteIsOpenAndTheLastIsNot() {
    assertThat(DAILY.isOpen(FRIDAY.atTime(EIGHT))).isTrue();
    assertThat(DAILY.isOpen(FRIDAY.atTime(7, 59))).isFalse();
    assertThat(DAILY.isOpen(FRIDAY.atTime(TEN_AT_NIGHT))).isFalse();
  }

  @Test
  void aDayIsOverOnceItsHoursAre() {
    assertThat(DAILY.isOpen(FRIDAY, FRIDAY.atTime(21, 0))).isTrue();
    assertThat(DAILY.isOpen(FRIDAY, FRIDAY.atTime(22, 0))).isFalse();
  }

  @Test
  void aTimeAloneIsTheNextOneInTheHours() {
    Hours monday = new Hours(Map.of(DayOfWeek.MONDAY, new Hours.Span(EIGHT, TEN_AT_NIGHT)));
    LocalDateTime now = FRIDAY.atTime(12, 0);

    assertThat(DAILY.next(LocalTime.of(15, 0), now)).isEqualTo(FRIDAY);
    assertThat(DAILY.next(LocalTime.of(9, 0), now)).isEqualTo(FRIDAY.plusDays(1));
    assertThat(DAILY.next(LocalTime.of(23, 0), now)).isNull();
    assertThat(monday.next(LocalTime.of(9, 0), now)).isEqualTo(FRIDAY.plusDays(3));
  }
}
