package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.nlu.SentimentClassifier.Example;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sentences that the guess did not learn from.
class LanguageGuessTest {
  private static final Logger LOG = LoggerFactory.getLogger(LanguageGuessTest.class);
  private static final LanguageGuess GUESS = LanguageGuess.builtIn();
  private static final String NONE = "-";

  private static List<Example> heldOut() throws IOException {
    return SentimentTest.lines("languages-held-out.tsv");
  }

  private static String guess(String text) {
    return Objects.requireNonNullElse(GUESS.of(text), NONE);
  }

  @Test
  void otherLanguagesAreToldAndHardlyEverTakenForAThird() throws IOException {
    List<Example> said = heldOut().stream().filter(each -> !each.label().equals(NONE)).toList();
    long right = said.stream().filter(each -> guess(each.text()).equals(each.label())).count();
    long unsure = said.stream().filter(each -> guess(each.text()).equals(NONE)).count();
    LOG.info("{} of {} told, {} not sure", right, said.size(), unsure);
    assertThat(right).isGreaterThanOrEqualTo(said.size() * 85L / 100);
    assertThat(said.size() - right - unsure).as("wrong").isLessThanOrEqualTo(1);
  }

  @Test
  void whatIsOfNoLanguageItKnowsOrTooLittleIsNotGuessed() throws IOException {
    assertThat(heldOut())
        .filteredOn(each -> each.label().equals(NONE))
        .allSatisfy(each -> assertThat(guess(each.text())).as(each.text()).isEqualTo(NONE));
  }

  @Test
  void englishCallersAreNotTakenForOthers() throws IOException {
    List<Example> said = SentimentTest.lines("acme-paraphrases.tsv");
    long english = said.stream().filter(each -> guess(each.text()).equals("en")).count();
    LOG.info("{} of {} told to be English", english, said.size());
    assertThat(said)
        .allSatisfy(each -> assertThat(guess(each.text())).as(each.text()).isIn("en", NONE));
    assertThat(english).isGreaterThanOrEqualTo(said.size() * 85L / 100);
  }

  @Test
  void caseAndPunctuationDoNotMatter() {
    assertThat(guess("¿DÓNDE ESTÁ MI PEDIDO?".toUpperCase(Locale.ROOT))).isEqualTo("es");
    assertThat(guess("I’d like to know where it is…")).isEqualTo("en");
  }
}
