package dev.voxlog.nlu.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Entity;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityFinderTest {
  private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
  private final EntityFinder finder = new EntityFinder(List.of(5));

  private List<String> values(String text, String kind, boolean isDigitsExpected) {
    return finder.find(text, TUESDAY, isDigitsExpected).stream()
        .filter(entity -> entity.kind().equals(kind))
        .map(Entity::value)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four eight two one three | 48213",
        "my order number is 48213 thanks | 48213",
        "it's 48,213. | 48213",
        "4 8 2 1 3 | 48213",
        "4-8-2-1-3 | 48213",
        "4, 8, 2, 1, 3. | 48213",
        "48 213 | 48213",
        "forty eight two thirteen | 48213",
        "forty eight thousand two hundred and thirteen | 48213",
        "four double eight oh one | 48801",
        "triple seven one two | 77712",
        "nine oh nine oh nine | 90909",
        "four eight too one three | 48213",
        "Order four eight two 13 please. | 48213",
        "zero zero one two three | 00123",
        "Five, zero, nine, four, one. | 50941",
        "one hundred and five forty | 10540"
      })
  void idsAreFoundHoweverTheyAreSaid(String text, String id) {
    assertThat(values(text, "orderId", false)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for eight two one three | 48213",
        "four eight two one tree | 48213",
        "to for won ate six | 24186"
      })
  void wordsThatSoundLikeDigitsCountWhenDigitsAreAwaited(String text, String id) {
    assertThat(values(text, "orderId", true)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"i want to return it for free", "oh i see", "too late for me", "a lot of trees"})
  void ordinaryWordsAreNoDigits(String text) {
    assertThat(finder.find(text, TUESDAY, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$42.50 | 42.50",
        "forty two dollars and fifty cents | 42.50",
        "20 bucks | 20.00",
        "it was $1,250 | 1250.00",
        "a hundred euros no one hundred euros | 100.00"
      })
  void amountsHaveTwoPlaces(String text, String amount) {
    assertThat(values(text, "amount", false)).containsExactly(amount);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tomorrow | 2026-11-25",
        "the day after tomorrow | 2026-11-26",
        "next friday please | 2026-11-27",
        "on monday | 2026-11-30",
        "march the fifth | 2027-03-05",
        "december 3rd | 2026-12-03",
        "the twenty first of december | 2026-12-21",
        "december twelve | 2026-12-12",
        "12/24 | 2026-12-24"
      })
  void daysLieAhead(String text, String date) {
    assertThat(values(text, "date", false)).containsExactly(date);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3:30 pm | 15:30",
        "at three thirty | 15:30",
        "half past two | 14:30",
        "a quarter to five | 16:45",
        "ten past nine | 09:10",
        "at noon | 12:00",
        "around ten in the morning | 10:00",
        "five o'clock | 17:00",
        "eleven a.m. | 11:00",
        "in the afternoon | 14:00"
      })
  void timesAreOnTheClock(String text, String time) {
    assertThat(values(text, "time", false)).containsExactly(time);
  }

  @Test
  void aLongRunIsAPhoneNumber() {
    assertThat(values("call me at five five five zero one three four two two one", "phone", false))
        .containsExactly("5550134221");
  }

  @Test
  void placesPointIntoTheText() {
    Entity id = finder.find("It is 48,213.", TUESDAY, false).getFirst();
    assertThat("It is 48,213.".substring(id.start(), id.end())).isEqualTo("48,213").isEqualTo(id.text());
  }
}
