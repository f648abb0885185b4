package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.call.SpeechCheck.Stretch;
import dev.voxlog.stt.Hypothesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeechCheckTest {

  /// Sound and silence in turn, in milliseconds.
  private static short[] audio(int... millis) {
    int total = 0;
    for (int each : millis) {
      total += each;
    }
    short[] pcm = new short[8 * total];
    int at = 0;
    for (int n = 0; n < millis.length; n++) {
      for (int i = 0; i < 8 * millis[n]; i++, at++) {
        pcm[at] = n % 2 == 1 ? (short) (5_000 * Math.cos(2 * Math.PI * 300 * i / 8000)) : 0;
      }
    }
    return pcm;
  }

  private static List<Stretch> stretches(int... millis) {
    return SpeechCheck.stretches(dev.voxlog.audio.Pcm.toFloats(audio(millis)));
  }

  @Test
  void soundIsCutAtPausesAndNowhereElse() {
    assertThat(stretches(500, 1_000, 600, 400, 200))
        .containsExactly(new Stretch(4_000, 12_000), new Stretch(16_800, 20_000));
    assertThat(stretches(100, 500, 200, 500, 300)).containsExactly(new Stretch(800, 10_400));
    assertThat(stretches(400)).isEmpty();
    assertThat(stretches(0, 300)).containsExactly(new Stretch(0, 2_400));
  }

  @Test
  void longSoundIsCutAtItsNextDip() {
    assertThat(stretches(100, 10_500, 40, 2_000, 400))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.to() - each.from()).isLessThanOrEqualTo(8 * 10_500));
  }

  @Test
  void theAgentsWordsAreHeldAgainstWhatWasHeardOfThem() {
    List<Integer> lengths = new ArrayList<>();
    Iterator<String> recognised =
        List.of("thanks for calling acme", "order one two three for five").iterator();
    SpeechCheck check =
        new SpeechCheck((pcm, _) -> {
          lengths.add(pcm.length / 16);
          return new Hypothesis(recognised.next(), List.of(), 1, 0, Duration.ZERO, List.of());
        });
    Call call =
        new Call()
            .turn(1, "Thanks for calling Acme.")
            .heard(1, "Thanks for calling Acme.", true)
            .turn(2, "Order 1 2 3 4 5 has shipped.", 1)
            .heard(2, "Order 1 2 3 4 5", false);

    SpeechCheck.Result result =
        check.check(audio(500, 1_000, 600, 1_500, 500), call.facts().turns());

    assertThat(lengths).containsExactly(1_400, 1_900);
    assertThat(result.errors().errors()).isEqualTo(1);
    assertThat(result.errors().words()).isEqualTo(10);
  }
}
