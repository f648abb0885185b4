package dev.voxlog.tts.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How words are said.
class PronouncerTest {
  private static final String DICTIONARY =
      """
      module.exports = {
        "call": "K AO1 L",
        "order": "AO1 R D ER0",
        "orders'": "AO1 R D ER0 Z",
        "bus": "B AH1 S",
        "ship": "SH IH1 P",
        "log": "L AO1 G",
        "vox": "V AA1 K S",
        "house": "HH AW1 S",
        "green": "G R IY1 N"
      }
      """;

  private final Pronouncer pronouncer = pronouncer();

  private static Pronouncer pronouncer() {
    try {
      return Pronouncer.of(PronouncingDictionary.of(DICTIONARY.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String said(String word) {
    return String.join(" ", pronouncer.pronounce(word).phones());
  }

  @Test
  void theDictionaryIsAsked() {
    assertThat(said("order")).isEqualTo("AO1 R D ER0");
  }

  @Test
  void aCapitalIsALettersName() {
    assertThat(said("W")).isEqualTo("D AH1 B AH0 L Y UW0");
  }

  @Test
  void possessivesAndPluralsFollowTheLastSound() {
    assertThat(said("call's")).isEqualTo("K AO1 L Z");
    assertThat(said("ships")).isEqualTo("SH IH1 P S");
    assertThat(said("bus's")).isEqualTo("B AH1 S IH0 Z");
  }

  @Test
  void aCompoundIsItsPartsStressedOnTheFirst() {
    assertThat(said("greenhouse")).isEqualTo("G R IY1 N HH AW2 S");
  }

  @Test
  void anUnknownWordIsGuessedFromItsSpellingWithOneStress() {
    assertThat(said("blick")).isEqualTo("B L IH1 K");
  }

  @Test
  void theAgentsOwnWordsComeFirstRespelledOrInPhones() {
    Pronouncer own = pronouncer.with(Map.of("Voxlog", "vox-log", "order", "SH IH1 P"));

    assertThat(own.pronounce("voxlog").phones())
        .containsExactly("V", "AA1", "K", "S", "L", "AO1", "G");
    assertThat(own.pronounce("voxlog's").phones()).endsWith("G", "Z");
    assertThat(own.pronounce("order").phones()).containsExactly("SH", "IH1", "P");
    assertThat(said("order")).as("the shared one is as before").isEqualTo("AO1 R D ER0");
  }
}
