package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.voxlog.nlu.entities.EntityFinder;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What takes time in proportion to what is said, however awkward that is: one caller must not hold
/// the threads of all.
class LongUtteranceTest {
  private static final int CHARACTERS = 20_000;

  /// Of a machine that is busy elsewhere; what does not grow in proportion takes minutes.
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 3, 9, 30);

  private final EntityFinder finder = new EntityFinder(List.of(5));

  private static String over(String said) {
    return said.repeat(CHARACTERS / said.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 so ", "4 no 5 ", "4 no 5, ", "not 12, 13 ", "not 4 ", "$5 ", "5/5 ", "1:11 ",
            "at four ",
        "5 dollars ", "12345 no ", "tomorrow no ", "a@b.cd ", "my name is X ", "i ", "1", "a.", "@"
      })
  void entitiesAreFoundInTimeThatGrowsWithTheWords(String said) {
    for (Answer awaited : List.of(Answer.ANYTHING, Answer.DIGITS, Answer.CODE, Answer.YES_NO)) {
      assertTimeoutPreemptively(LONG, () -> finder.find(over(said), NOW, awaited, 5));
    }
  }

  @Test
  void lettersThatAFigureEndsAreNotReadAgainFromEachOfThem() {
    String said = "my name is " + over("i ") + "5";
    assertTimeoutPreemptively(LONG, () -> finder.find(said, NOW, Answer.ANYTHING, 5));
  }

  @Test
  void anAmountBeyondAllNumbersIsNone() {
    String said = "$" + over("1") + " or 5 dollars";
    assertThat(finder.find(said, NOW, Answer.ANYTHING, 5))
        .filteredOn(each -> each.kind().equals("amount"))
        .extracting(Entity::value)
        .containsExactly("5.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hi ", "so, ", "excuse me ", "and ", "a. "})
  void clausesAreFoundInManyOpeners(String said) {
    assertThat(Clauses.of(over(said) + "where is my order")).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void clausesAreFoundAmongBlanks() {
    String said = "where is my order" + over(" ") + "and connect me with a person";
    assertTimeoutPreemptively(
        LONG,
        () ->
            assertThat(Clauses.of(said))
                .containsExactly("where is my order", "connect me with a person"));
  }
}
