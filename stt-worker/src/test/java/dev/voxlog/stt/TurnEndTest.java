package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnEndTest {
  private final TurnEnd turnEnd = new TurnEnd(Duration.ofMillis(300), Duration.ofMillis(900));

  private static CallEvent.Expects expects(CallEvent.Answer answer, int length) {
    return new CallEvent.Expects(new CallId("c"), Instant.EPOCH, 1, answer, length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I'd like to know where my order is. | 300",
        "What is your return policy? | 300",
        "No. | 300",
        "Goodbye. | 300",
        "What's this about? | 300",
        "Representative | 500",
        "order status | 500",
        "I would like to return my order and | 900",
        "My order number is | 900",
        "My order number is. | 900",
        "Um | 900",
        "I want to | 900",
        "Well, I am calling because | 900",
        "It's four five | 900",
        "It's order 45871. | 300",
        "I have two | 900"
      })
  void aSilenceIsShortAfterWhatReadsAsFinished(String text, long needed) {
    assertThat(turnEnd.after(text, null)).isEqualTo(Duration.ofMillis(needed));
    assertThat(turnEnd.after(text, expects(CallEvent.Answer.YES_NO, 0)))
        .isEqualTo(Duration.ofMillis(needed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four five eight seven one | 5 | 300",
        "4587 | 5 | 900",
        "forty five eighty seven | 5 | 900",
        "four five eight | 0 | 900",
        "five five five oh one three four two two one | 0 | 300",
        "I don't have it. | 5 | 500",
        "It's | 5 | 900",
        "Yes. | 5 | 900"
      })
  void whileANumberIsAwaitedItsDigitsAreCounted(String text, int length, long needed) {
    assertThat(turnEnd.after(text, expects(CallEvent.Answer.DIGITS, length)))
        .isEqualTo(Duration.ofMillis(needed));
    assertThat(turnEnd.after(text, expects(CallEvent.Answer.CODE, length)))
        .isEqualTo(Duration.ofMillis(needed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A, 4, B, | 4 | 900",
        "A, 4, B, 7. | 4 | 300",
        "alpha four | 4 | 900",
        "AB-12 | 4 | 300",
        "It's A 4 B 7 C 2 | 0 | 900",
        "I have lost it. | 4 | 500"
      })
  void whileACodeIsAwaitedItsLettersAndDigitsAreCounted(String text, int length, long needed) {
    assertThat(turnEnd.after(text, expects(CallEvent.Answer.CODE, length)))
        .isEqualTo(Duration.ofMillis(needed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I bought a chair last week,",
        "I talked to somebody on Tuesday, and then...",
        "The blue one -",
        "If the jacket does not fit.",
        "Well, while my sister is away.",
        "Hi there. When you deliver on a Sunday.",
        "I was wondering.",
        "Good morning, I'd like to know.",
        "Can you please tell me",
        "The thing is, I've.",
        "I heard there's",
        "It is a present without",
        "It's order 64/77."
      })
  void whatAsksForMoreWordsIsUnfinishedWhateverItEndsWith(String text) {
    assertThat(turnEnd.after(text, null)).isEqualTo(Duration.ofMillis(900));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If the jacket does not fit, can it go back?",
        "If it rains, please leave it with my neighbour.",
        "When do your shops open?",
        "When will somebody be there.",
        "I'd like to know why the blue chair costs more.",
        "I don't know.",
        "I was wondering about the price.",
        "Because it is too small.",
        "Thanks, that is all."
      })
  void aFinishedSentenceWaitsNoLongerForHavingAClauseInIt(String text) {
    assertThat(turnEnd.after(text, null)).isEqualTo(Duration.ofMillis(300));
  }

  @ParameterizedTest
  @CsvSource({
    "Yes.",
    "Okay",
    "'Well,'",
    "So",
    "Hi.",
    "Hello",
    "'Hi, there.'",
    "Good morning!",
    "All right."
  })
  void afterALoneOpenerThereIsMoreToComeUnlessAConfirmationIsAwaited(String text) {
    assertThat(turnEnd.after(text, null)).isEqualTo(Duration.ofMillis(900));
    assertThat(turnEnd.after("Yes.", expects(CallEvent.Answer.YES_NO, 0)))
        .isEqualTo(Duration.ofMillis(300));
    assertThat(turnEnd.after("Yes,", expects(CallEvent.Answer.YES_NO, 0)))
        .isEqualTo(Duration.ofMillis(300));
  }
}
