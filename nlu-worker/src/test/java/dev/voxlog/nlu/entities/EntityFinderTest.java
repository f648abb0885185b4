package dev.voxlog.nlu.entities;

import static dev.voxlog.nlu.entities.Finding.FINDER;
import static dev.voxlog.nlu.entities.Finding.TUESDAY;
import static dev.voxlog.nlu.entities.Finding.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityFinderTest {
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
        "one hundred and five forty | 10540",
        "four five eight seven one | 45871",
        "forty five, eight seventy one | 45871",
        "forty five eighty seven one | 45871",
        "four fifty eight seventy one | 45871",
        "forty-five thousand eight hundred seventy-one | 45871",
        "45,871 | 45871",
        "45-871 | 45871",
        "45/871 | 45871",
        "458 71 | 45871",
        "4 58 71 | 45871",
        "4.5.8.7.1. | 45871",
        "45.871 | 45871",
        "It's 4-5-8-7-1, I think. | 45871",
        "order double seven four five oh | 77450",
        "nine triple oh two | 90002",
        "nought one two three four | 01234",
        "my order is four five, uh, 871 | 45871",
        "The number is: Four five eight, seven one! | 45871",
        "eleven twelve three | 11123",
        "one twenty three forty five | 12345"
      })
  void idsAreFoundHoweverTheyAreSaid(String text, String id) {
    assertThat(values(text, "orderId", Answer.ANYTHING)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for eight two one three | 48213",
        "four eight two one tree | 48213",
        "to for won ate six | 24186",
        "for five eight seven one | 45871",
        "Yes, it's 8:09 to 6. | 80926",
        "8:0926 | 80926",
        "four five ate seven won | 45871",
        "for, five, ate, seven, one. | 45871"
      })
  void wordsThatSoundLikeDigitsCountWhenDigitsAreAwaited(String text, String id) {
    assertThat(values(text, "orderId", Answer.DIGITS)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i want to return it for free",
        "oh i see",
        "too late for me",
        "a lot of trees",
        "oh no",
        "for me too",
        "i won",
        "a day or so"
      })
  void ordinaryWordsAreNoDigits(String text) {
    assertThat(FINDER.find(text, TUESDAY, Answer.ANYTHING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$42.50 | 42.50",
        "forty two dollars and fifty cents | 42.50",
        "20 bucks | 20.00",
        "it was $1,250 | 1250.00",
        "a hundred euros | 100.00",
        "one hundred euros | 100.00",
        "one thousand two hundred dollars | 1200.00",
        "fifty cents | 0.50",
        "five dollars fifty | 5.50",
        "twelve euros and nine cents | 12.09",
        "forty nine dollars and fifty | 49.50",
        "nineteen dollars and ninety nine cents please | 19.99",
        "a refund of $1,250.99 | 1250.99",
        "£12 | 12.00"
      })
  void amountsHaveTwoPlaces(String text, String amount) {
    assertThat(values(text, "amount", Answer.ANYTHING)).containsExactly(amount);
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
        "12/24 | 2026-12-24",
        "tomorrow at three | 2026-11-25",
        "next friday afternoon | 2026-11-27",
        "this thursday | 2026-11-26",
        "friday next week | 2026-12-04",
        "this afternoon | 2026-11-24",
        "tonight | 2026-11-24",
        "in three days | 2026-11-27",
        "in a week | 2026-12-01",
        "two weeks from today | 2026-12-08",
        "on the fifth | 2026-12-05",
        "on the 30th please | 2026-11-30",
        "friday the fourth of december | 2026-11-27,2026-12-04"
      })
  void daysLieAhead(String text, String date) {
    assertThat(values(text, "date", Answer.ANYTHING)).containsExactly(date.split(","));
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
        "in the afternoon | 14:00",
        "tomorrow at three | 15:00",
        "next friday afternoon | 14:00",
        "tomorrow morning | 09:00",
        "3pm | 15:00",
        "at 3 p.m. please | 15:00",
        "at eight tonight | 20:00",
        "seven in the evening | 19:00",
        "at ten fifteen | 10:15",
        "twenty past three | 15:20",
        "at ten tomorrow morning | 10:00",
        "tomorrow morning at ten | 10:00",
        "tomorrow evening at eight | 20:00",
        "at half past seven tomorrow morning | 07:30",
        "in the morning, no, at three | 15:00",
        "after five | 17:00",
        "at 15:30 | 15:30"
      })
  void timesAreOnTheClock(String text, String time) {
    assertThat(values(text, "time", Answer.ANYTHING)).containsExactly(time);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in half an hour | 2026-11-24 15:37",
        "Call me in half an hour, please. | 2026-11-24 15:37",
        "in a half hour | 2026-11-24 15:37",
        "half an hour from now | 2026-11-24 15:37",
        "in an hour | 2026-11-24 16:07",
        "in about an hour | 2026-11-24 16:07",
        "in one hour | 2026-11-24 16:07",
        "in an hour and a half | 2026-11-24 16:37",
        "in one and a half hours | 2026-11-24 16:37",
        "in 1.5 hours | 2026-11-24 16:37",
        "in two hours and a quarter | 2026-11-24 17:22",
        "in a couple of hours | 2026-11-24 17:07",
        "in an hour and twenty minutes | 2026-11-24 16:27",
        "in twenty minutes | 2026-11-24 15:27",
        "twenty-five minutes from now | 2026-11-24 15:32",
        "in a quarter of an hour | 2026-11-24 15:22",
        "in three quarters of an hour | 2026-11-24 15:52",
        "in ten hours | 2026-11-25 01:07",
        "in half an hour, no, in an hour | 2026-11-24 16:07"
      })
  void aTimeIsToldByHowLongItIsUntilThen(String text, String then) {
    assertThat(values(text, "date", Answer.ANYTHING)).containsExactly(then.split(" ")[0]);
    assertThat(values(text, "time", Answer.ANYTHING)).containsExactly(then.split(" ")[1]);
    assertThat(values(text, "digits", Answer.ANYTHING)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i have to go in a minute",
        "i've been waiting for half an hour",
        "it came in two boxes",
        "the store in town",
        "good morning can you help me",
        "good afternoon",
        "Good evening, this is Sarah."
      })
  void whatIsNoTimeToBeKeptIsNone(String text) {
    assertThat(values(text, "time", Answer.ANYTHING)).isEmpty();
    assertThat(values(text, "date", Answer.ANYTHING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call me at five five five zero one three four two two one | 5550134221",
        "555-013-4221 | 5550134221",
        "(555) 013-4221 | 5550134221",
        "+1 555 013 4221 | 15550134221",
        "five five five, oh one three, forty two twenty one | 5550134221",
        "five double five oh one three four double two one | 5550134221",
        "eight hundred five five five one two one two | 8005551212",
        "555 0134 | 5550134"
      })
  void aLongRunIsAPhoneNumber(String text, String number) {
    assertThat(values(text, "phone", Answer.ANYTHING)).containsExactly(number);
    assertThat(values(text, "phone", Answer.DIGITS)).containsExactly(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"four five eight seven", "four five eight seven one nine", "5550134", "2 of them"})
  void aRunOfAnotherLengthIsNoId(String text) {
    assertThat(values(text, "orderId", Answer.DIGITS)).isEmpty();
    assertThat(values(text, "digits", Answer.DIGITS)).hasSize(1);
  }

  @Test
  void anAmountOrATimeIsNotToldAsDigitsAgain() {
    assertThat(values("it was forty two dollars at 3:30 pm", "digits", Answer.ANYTHING)).isEmpty();
  }

  @Test
  void placesPointIntoTheText() {
    Entity id = FINDER.find("It is 48,213.", TUESDAY, Answer.ANYTHING).getFirst();
    assertThat("It is 48,213.".substring(id.start(), id.end()))
        .isEqualTo("48,213")
        .isEqualTo(id.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "has that one been shipped",
        "what about the other one",
        "this one please",
        "the last one, is it here"
      })
  void onePointingAtAThingIsNoDigit(String text) {
    assertThat(values(text, "digits", Answer.ANYTHING)).isEmpty();
  }

  @Test
  void oneAmongDigitsIsOne() {
    assertThat(values("it's the one four two three six", "orderId", Answer.ANYTHING))
        .containsExactly("14236");
    assertThat(values("that's one four two three one", "orderId", Answer.ANYTHING))
        .containsExactly("14231");
  }

  @Test
  void digitsAreReadSoThatTheyMakeAnId() {
    assertThat(values("next up is eight or seven, six, eight", "orderId", Answer.ANYTHING))
        .containsExactly("80768");
    assertThat(values("two or three chairs", "orderId", Answer.ANYTHING)).isEmpty();
    assertThat(values("two or three days", "digits", Answer.ANYTHING)).containsExactly("2", "3");
    assertThat(
            values(
                "I've got another one. Six, six, three, three, four.", "orderId", Answer.ANYTHING))
        .containsExactly("66334");
  }
}
