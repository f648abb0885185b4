package dev.voxlog.stt.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final List<String> PIECES =
      List.of("<unk>", "<s>", "</s>", "▁the", "▁caf", "<0xC3>", "<0xA9>", ".", "▁");

  private static String script(int size) {
    StringBuilder list = new StringBuilder(String.join("\n", PIECES));
    for (int id = PIECES.size(); id < size; id++) {
      list.append("\npiece").append(id);
    }
    String encoded =
        Base64.getEncoder().encodeToString(list.toString().getBytes(StandardCharsets.UTF_8));
    return "var a='x',vocabulary=\"" + encoded + "\",b=1;";
  }

  @Test
  void tokensBecomeTextByTheirBytes() {
    Vocabulary vocabulary = Vocabulary.parse(script(Vocabulary.SIZE));
    assertThat(vocabulary.text(List.of(1, 3, 4, 5, 6, 7, 2))).isEqualTo("the café.");
    assertThat(vocabulary.raw(List.of(3))).isEqualTo(" the");
    assertThat(vocabulary.text(List.of(0, 32_000, 32_767))).isEmpty();
    assertThat(vocabulary.beginsWord(4)).isTrue();
    assertThat(vocabulary.beginsWord(5)).isFalse();
  }

  @Test
  void theSpellingOfOldBooksBecomesTodays() {
    assertThat(Vocabulary.modern("To-morrow at nine, not to-day or to-night."))
        .isEqualTo("Tomorrow at nine, not today or tonight.");
    assertThat(Vocabulary.modern("a five-to-nine job")).isEqualTo("a five-to-nine job");
  }

  @Test
  void aScriptWithoutTheWholeListIsRefused() {
    assertThatThrownBy(() -> Vocabulary.parse("var a=1")).hasMessageContaining("no list");
    assertThatThrownBy(() -> Vocabulary.parse(script(100))).hasMessageContaining("100 word pieces");
  }
}
