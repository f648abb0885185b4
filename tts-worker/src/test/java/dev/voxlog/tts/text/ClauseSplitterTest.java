package dev.voxlog.tts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where sentences are cut.
class ClauseSplitterTest {
  @Test
  void aShortSentenceIsOneClause() {
    assertThat(clauses("Your order shipped last Tuesday."))
        .containsExactly("your order shipped last tuesday.");
  }

  @Test
  void aSentenceIsCutAtItsPunctuation() {
    assertThat(clauses("Thanks for calling Acme, your order is on its way, and it arrives soon."))
        .containsExactly(
            "thanks for calling acme,", "your order is on its way,", "and it arrives soon.");
  }

  @Test
  void aLongFirstStretchIsCutBeforeAPhrase() {
    List<String> clauses =
        clauses("You can return most items within thirty days of the delivery date for a refund.");

    assertThat(clauses.getFirst().split(" ").length).isLessThanOrEqualTo(7);
    assertThat(clauses).hasSizeGreaterThan(1);
  }

  @Test
  void theFirstClauseDoesNotWaitForANumberReadDigitByDigit() {
    assertThat(clauses("I can't find an order 4 8 5 9 2."))
        .containsExactly("i can't find an order", "four eight five nine two.");
    assertThat(clauses("Okay, I have cancelled order 48213."))
        .containsExactly("okay, i have cancelled order", "four eight two one three.");
    assertThat(clauses("We have sent you the reference AB-1234 and it is on its way."))
        .startsWith("we have sent you the reference");
    assertThat(clauses("Your tracking reference is now 48213."))
        .containsExactly("your tracking reference is now four eight two one three.");
    assertThat(clauses("You can expect a refund of $42.50 in three days."))
        .containsExactly(
            "you can expect a refund of forty two dollars and fifty cents in three days.");
    assertThat(clauses("You find the answers in our FAQ and more about it there."))
        .first()
        .asString()
        .contains("F A Q");
    assertThat(clauses("The code is 4829.")).containsExactly("the code is four eight two nine.");
  }

  @Test
  void aWordAloneJoinsWhatFollows() {
    assertThat(clauses("Sure, I can help with that."))
        .containsExactly("sure, i can help with that.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your refund of $1,250.00 goes back to the card ending in 4242 on January 5, 2026.",
        "The total for order 48213 is $42.50, and you can call 1-800-555-0199 at any time.",
        "It was delivered on Tuesday, March 3, 2026 at 2:30 PM to 12 Main Street."
      })
  void amountsDatesAndIdsStayWhole(String sentence) {
    List<SpokenWord> words = TextNormalizer.normalize(sentence);

    Stream<SpokenWord> inClauses =
        ClauseSplitter.split(words).stream().flatMap(clause -> clause.words().stream());

    assertThat(inClauses).containsExactlyElementsOf(words);
  }

  @Test
  void severalSentencesAreNeverJoined() {
    assertThat(clauses("Yes. It is. Goodbye!")).containsExactly("yes.", "it is.", "goodbye!");
  }

  @Test
  void aSentenceIsCutTheSameWayAloneAndAmongOthers() {
    String first = "Are you still there?";
    String second =
        "You can return most items within thirty days of the delivery date for a refund.";

    assertThat(ClauseSplitter.split(first + " " + second))
        .isEqualTo(
            Stream.concat(
                    ClauseSplitter.split(first).stream(), ClauseSplitter.split(second).stream())
                .toList());
  }

  @Test
  void nothingToSayIsNoClause() {
    assertThat(ClauseSplitter.split("…")).isEmpty();
  }

  private static List<String> clauses(String sentence) {
    return ClauseSplitter.split(sentence).stream().map(SpokenClause::spokenText).toList();
  }
}
