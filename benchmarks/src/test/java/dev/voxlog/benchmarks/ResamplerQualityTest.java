package dev.voxlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Resampler;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What the two resamplers of the benchmark do to a tone: how loud it is afterwards, and how loud
/// the tone is that does not belong there.
class ResamplerQualityTest {

  @Test
  void upwardsOursLeavesNoMirroredToneAndALineLeavesALoudOne() {
    UnaryOperator<float[]> ours = new Resampler(8_000, 16_000)::process;
    UnaryOperator<float[]> line = new LinearResampler(8_000, 16_000)::process;
    float[] narrow = tone(3_000, 8_000);
    float[] clean = ours.apply(narrow);
    float[] rough = line.apply(narrow);

    assertThat(decibels(clean, 3_000, 16_000)).isBetween(-0.1, 0.1);
    assertThat(decibels(clean, 5_000, 16_000)).isLessThan(-80);
    assertThat(decibels(rough, 3_000, 16_000)).isBetween(-3.5, -3.0);
    assertThat(decibels(rough, 5_000, 16_000)).isBetween(-10.5, -10.0);
  }

  @Test
  void downwardsOursTakesAwayWhatDoesNotFitAndALineFoldsItIn() {
    UnaryOperator<float[]> ours = new Resampler(24_000, 8_000)::process;
    UnaryOperator<float[]> line = new LinearResampler(24_000, 8_000)::process;
    float[] wide = tone(5_000, 24_000);

    assertThat(decibels(ours.apply(wide), 3_000, 8_000)).isLessThan(-80);
    assertThat(decibels(line.apply(wide), 3_000, 8_000)).isBetween(-0.1, 0.1);
  }

  private static float[] tone(int hertz, int rate) {
    float[] sound = new float[rate];
    for (int i = 0; i < rate; i++) {
      sound[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return sound;
  }

  /// How loud a frequency is, relative to a full tone; without the ends, which have begun or not
  /// ended.
  private static double decibels(float[] sound, int hertz, int rate) {
    double re = 0;
    double im = 0;
    int from = rate / 10;
    int to = from + rate / 2;
    for (int i = from; i < to; i++) {
      re += sound[i] * Math.cos(2 * Math.PI * hertz * i / rate);
      im += sound[i] * Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return 20 * Math.log10(2 * Math.hypot(re, im) / (to - from));
  }
}
