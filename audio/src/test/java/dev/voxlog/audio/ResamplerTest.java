package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  private static float[] sine(double hertz, int rate, int length) {
    float[] sine = new float[length];
    for (int i = 0; i < length; i++) {
      sine[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return sine;
  }

  private static float[] middle(float[] audio) {
    return Arrays.copyOfRange(audio, audio.length / 4, audio.length * 3 / 4);
  }

  @ParameterizedTest
  @CsvSource({
    "8000,16000",
    "16000,8000",
    "22050,8000",
    "48000,8000",
    "24000,8000",
    "24000,16000",
    "8000,24000",
    "44100,16000"
  })
  void aToneOfTheVoiceBandStaysTheSameToneInPlace(int from, int to) {
    for (double hertz : new double[] {100, 1_000, 3_200}) {
      float[] made = Resampler.resample(sine(hertz, from, from), from, to);
      assertThat(made).hasSize(to);
      float[] expected = sine(hertz, to, to);
      for (int i = to / 4; i < to * 3 / 4; i++) {
        assertThat(made[i]).as("%s Hz at %s", hertz, i).isCloseTo(expected[i], within(0.003f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16000,8000,4100",
    "22050,8000,5000",
    "48000,8000,12000",
    "24000,8000,4500",
    "16000,8000,7900"
  })
  void whatTheLowerRateCannotHoldIsGone(int from, int to, double hertz) {
    float[] made = middle(Resampler.resample(sine(hertz, from, from), from, to));
    assertThat(Levels.rmsDbfs(made)).isLessThan(-60 - 9);
  }

  @Test
  void raisingTheRateAddsNoImage() {
    float[] made = Resampler.resample(sine(3_000, 8_000, 8_000), 8_000, 16_000);
    float[] wanted = sine(3_000, 16_000, 16_000);
    for (int i = 0; i < made.length; i++) {
      made[i] -= wanted[i];
    }
    assertThat(Levels.rmsDbfs(middle(made))).isLessThan(-60 - 9);
  }

  @Test
  void aStreamInPiecesOfAnyLengthIsTheWholeSampleForSample() {
    Random random = new Random(11);
    int[][] rates = {
      {8_000, 16_000}, {16_000, 8_000}, {22_050, 8_000}, {48_000, 8_000}, {8_000, 8_000}
    };
    for (int round = 0; round < 40; round++) {
      int[] rate = rates[round % rates.length];
      float[] in = new float[random.nextInt(1, 6_000)];
      for (int i = 0; i < in.length; i++) {
        in[i] = random.nextFloat() - 0.5f;
      }
      float[] whole = Resampler.resample(in, rate[0], rate[1]);
      assertThat(inPieces(in, rate, random)).as("round %s", round).isEqualTo(whole);
      assertThat(whole).hasSize((int) Math.ceilDiv((long) in.length * rate[1], rate[0]));
    }
  }

  private static float[] inPieces(float[] in, int[] rate, Random random) {
    Resampler resampler = new Resampler(rate[0], rate[1]);
    float[] out = new float[0];
    for (int at = 0; at < in.length; ) {
      int next = Math.min(in.length, at + random.nextInt(0, 400));
      out = append(out, resampler.process(Arrays.copyOfRange(in, at, next)));
      at = next;
    }
    return append(out, resampler.flush());
  }

  private static float[] append(float[] head, float[] tail) {
    float[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  @Test
  void aRateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new Resampler(0, 8_000)).hasMessageContaining("rates are positive");
  }
}
