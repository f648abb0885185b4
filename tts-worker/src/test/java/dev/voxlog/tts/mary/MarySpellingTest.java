package dev.voxlog.tts.mary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.tts.text.ClauseSplitter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What Mary is given to read.
class MarySpellingTest {
  private final MarySpelling spelling =
      new MarySpelling(Map.of("Acme", "Ack me", "Voxlog", "V AA1 K S L AO2 G"));

  private String written(String text) {
    return spelling.write(ClauseSplitter.split(text).getFirst());
  }

  @Test
  void lettersAreWrittenByTheirNames() {
    assertThat(written("It is order AB-12.")).isEqualTo("it is order ay bee, one two.");
  }

  @Test
  void theAgentsOwnWordsAreRespelledButNotByPhones() {
    assertThat(written("This is Acme Voxlog.")).isEqualTo("this is ack me voxlog.");
  }

  @Test
  void aClauseCutWithoutPunctuationGoesOnAfterAComma() {
    assertThat(
            spelling.write(
                ClauseSplitter.split("I can tell you something because you are calling us today.")
                    .getFirst()))
        .isEqualTo("i can tell you something,");
  }
}
