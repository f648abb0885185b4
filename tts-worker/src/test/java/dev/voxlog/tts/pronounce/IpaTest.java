package dev.voxlog.tts.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.tts.text.ClauseSplitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Clauses in the symbols that the neural voice learned.
class IpaTest {
  private static final String DICTIONARY =
      """
        "the": "DH AH0",
        "order": "AO1 R D ER0",
        "ship": "SH IH1 P",
        "your": "Y AO1 R",
        "better": "B EH1 T ER0",
        "total": "T OW1 T AH0 L",
        "city": "S IH1 T IY0",
        "is": "IH1 Z",
        "on": "AA1 N",
      """;

  private static String written(String text) {
    try {
      Ipa ipa =
          new Ipa(
              Pronouncer.of(PronouncingDictionary.of(DICTIONARY.getBytes(StandardCharsets.UTF_8))));
      return ipa.write(ClauseSplitter.split(text).getFirst()).stream()
          .flatMap(java.util.Collection::stream)
          .map(word -> word.ipa() + word.mark())
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theStressMarkStandsBeforeItsVowelAndFunctionWordsHaveNone() {
    assertThat(written("Your ship is better.")).isEqualTo("joːɹ ʃˈɪp ɪz bˈɛɾɚ.");
  }

  @Test
  void theArticleIsSaidWithIBeforeAVowel() {
    assertThat(written("The order.")).isEqualTo("ði ˈoːɹdɚ.");
    assertThat(written("The ship.")).isEqualTo("ðə ʃˈɪp.");
  }

  @Test
  void aTBetweenVowelsIsAFlap() {
    assertThat(written("City total?")).isEqualTo("sˈɪɾi tˈoʊɾəl?");
  }
}
