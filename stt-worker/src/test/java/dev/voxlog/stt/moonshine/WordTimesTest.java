package dev.voxlog.stt.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.schemas.Word;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTimesTest {
  private static Vocabulary vocabulary() {
    String list = "<unk>\n<s>\n</s>\n▁go\n▁for\nward\n." + "\nx".repeat(Vocabulary.SIZE);
    return Vocabulary.parse(
        "\"" + Base64.getEncoder().encodeToString(list.getBytes(StandardCharsets.UTF_8)) + "\"");
  }

  /// Silence for 500 ms, a tone for 1000 ms, silence for 500 ms.
  private static float[] tone() {
    float[] audio = new float[32_000];
    for (int i = 8_000; i < 24_000; i++) {
      audio[i] = (float) (0.1 * Math.sin(i * 0.3));
    }
    return audio;
  }

  @Test
  void wordsShareTheSpeechByTheirLengthAndSayThatTimesAreEstimated() {
    List<Word> words =
        new WordTimes(vocabulary())
            .of(List.of(3, 4, 5, 6), List.of(Math.log(0.5), 0.0, Math.log(0.25), 0.0), tone());
    assertThat(words).extracting(Word::text).containsExactly("go", "forward.");
    assertThat(words).allMatch(Word::isEstimated);
    assertThat(words.getFirst().startMs()).isEqualTo(500);
    assertThat(words.getFirst().endMs()).isEqualTo(750).isEqualTo(words.getLast().startMs());
    assertThat(words.getLast().endMs()).isEqualTo(1_500);
    assertThat(words.getFirst().confidence()).isCloseTo(0.5, within(1e-9));
    assertThat(words.getLast().confidence()).isCloseTo(Math.cbrt(0.25), within(1e-9));
  }

  @Test
  void silenceAndNothingGiveNoTrouble() {
    WordTimes times = new WordTimes(vocabulary());
    assertThat(times.of(List.of(), List.of(), tone())).isEmpty();
    assertThat(times.of(List.of(3), List.of(0.0), new float[50])).hasSize(1);
    assertThat(times.of(List.of(3), List.of(0.0), new float[16_000])).hasSize(1);
  }
}
