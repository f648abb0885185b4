package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.Levels;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TranscriptEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Audio that is wider than a telephone's.
class WideAudioTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(1, "Where is my order?", 2, "Thank you very much.");

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"PCM16_8K", "PCM16_16K", "PCM16_24K"})
  void theWordsAndTheirPlacesAreThoseOfATelephone(Codec codec) {
    SttLab telephone = talk(SttLab.hearing(PHRASES));
    SttLab wide = talk(SttLab.hearing(PHRASES).codec(codec));

    assertThat(wide.texts()).isEqualTo(telephone.texts());
    for (int i = 0; i < wide.finals().size(); i++) {
      TranscriptEvent.Final one = wide.finals().get(i);
      TranscriptEvent.Final other = telephone.finals().get(i);
      assertThat((double) one.onsetMs()).isCloseTo(other.onsetMs(), within(33.0));
      assertThat((double) one.endMs()).isCloseTo(other.endMs(), within(33.0));
    }
  }

  private static SttLab talk(SttLab lab) {
    return lab.isSilent(600)
        .says(1, 900)
        .isSilent(800)
        .loses(300)
        .isSilent(200)
        .says(2, 900)
        .attachesAgain()
        .loses(5_000)
        .says(1, 900)
        .isSilent(1_000);
  }

  /// A stream that begins in mid-word, and one that goes on after a gap and after another attach.
  @Test
  void noHoleIsHeardWhereAStreamBeginsOrGoesOn() {
    List<float[]> heard = new ArrayList<>();
    SttLab lab =
        SttLab.hearing((pcm16k, _) -> {
          heard.add(pcm16k);
          return ScriptedWords.words("hm", 0.9);
        });
    lab.codec(Codec.PCM16_24K).plays(tone(400)).isSilent(900);
    lab.loses(400).plays(tone(400)).isSilent(900);
    lab.attachesAgain().loses(3_000).plays(tone(400)).isSilent(900);

    assertThat(lab.finals()).hasSize(3);
    assertThat(heard).hasSize(3).allSatisfy(sound -> assertThat(quietInside(sound)).isZero());
  }

  /// Milliseconds of near silence between the first and the last loud one.
  private static long quietInside(float[] pcm16k) {
    int[] loud =
        java.util.stream.IntStream.range(0, pcm16k.length / 16)
            .filter(ms -> Levels.rmsDbfs(Arrays.copyOfRange(pcm16k, ms * 16, ms * 16 + 16)) > -30)
            .toArray();
    return loud[loud.length - 1] - loud[0] + 1 - loud.length;
  }

  private static short[] tone(int millis) {
    short[] tone = new short[millis * 8];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (12_000 * Math.sin(2 * Math.PI * 1_000 * i / 8_000));
    }
    return tone;
  }
}
