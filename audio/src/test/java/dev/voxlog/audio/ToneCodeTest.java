package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.ToneCode.Heard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToneCodeTest {
  private static final int HOP = 40;

  private static short[] throughMulaw(short[] pcm) {
    return G711.decodeMulaw(G711.encodeMulaw(pcm));
  }

  private static short[] stream(int length, int at, short[] sound) {
    short[] stream = new short[length];
    System.arraycopy(sound, 0, stream, at, sound.length);
    return stream;
  }

  private static short[] noise(Random random, int length, double level) {
    short[] noise = new short[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (short) (random.nextGaussian() * level);
    }
    return noise;
  }

  @Test
  void anyIdSurvivesMulawWhereverItLies() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int id = random.nextInt(1 << 16);
      short[] sound = ToneCode.encode(id, random.nextBoolean() ? 0 : random.nextInt(3_000));
      int at = random.nextInt(2_000);
      List<Heard> heard =
          ToneCode.decode(
              throughMulaw(stream(at + sound.length + random.nextInt(2_000), at, sound)));
      assertThat(heard).as("round %s id %s at %s", round, id, at).hasSize(1);
      Heard code = heard.getFirst();
      assertThat(code.id()).isEqualTo(id);
      assertThat(code.whole()).isTrue();
      assertThat(code.startSample()).isCloseTo(at, within(HOP));
      assertThat(code.endSample()).isCloseTo(at + sound.length, within(HOP));
    }
  }

  @Test
  void aSoundCutAnywhereTellsItsIdByAnyWholeFrame() {
    Random random = new Random(6);
    for (int round = 0; round < 300; round++) {
      int id = random.nextInt(1 << 16);
      short[] sound = ToneCode.encode(id, 2_000);
      int from = random.nextInt(8_000);
      int to = from + random.nextInt(2 * 6 * 320, 8_000);
      short[] part = Arrays.copyOfRange(sound, from, Math.min(to, sound.length - 320));
      List<Heard> heard = ToneCode.decode(throughMulaw(stream(20_000, 1_000, part)));
      assertThat(heard).as("round %s id %s %s..%s", round, id, from, to).hasSize(1);
      assertThat(heard.getFirst().id()).isEqualTo(id);
      assertThat(heard.getFirst().whole()).isFalse();
      assertThat(heard.getFirst().startSample()).isCloseTo(1_000, within(2 * HOP));
      assertThat(heard.getFirst().endSample()).isCloseTo(1_000 + part.length, within(2 * HOP));
    }
  }

  @Test
  void aShortSoundIsStillKnownWithoutItsChecksum() {
    short[] cut = Arrays.copyOf(ToneCode.encode(0xBEEF), 5 * 320 + 60);
    assertThat(ToneCode.decode(stream(4_000, 200, cut)))
        .singleElement()
        .satisfies(heard -> {
          assertThat(heard.id()).isEqualTo(0xBEEF);
          assertThat(heard.whole()).isFalse();
          assertThat(heard.endSample()).isCloseTo(200 + cut.length, within(2 * HOP));
        });
    assertThat(ToneCode.decode(Arrays.copyOf(cut, 4 * 320))).isEmpty();
  }

  @Test
  void soundsOneAfterTheOtherAreToldApart() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<Integer> ids = new ArrayList<>();
      short[] all = new short[0];
      for (int i = 0; i < 5; i++) {
        int id = random.nextInt(3) == 0 && !ids.isEmpty() ? ids.getLast() : random.nextInt(1 << 16);
        short[] sound = ToneCode.encode(id, random.nextInt(280, 900));
        int at = all.length + random.nextInt(2) * random.nextInt(500);
        all = Arrays.copyOf(all, at + sound.length);
        System.arraycopy(sound, 0, all, at, sound.length);
        ids.add(id);
      }
      assertThat(ToneCode.ids(throughMulaw(all))).as("round %s", round).isEqualTo(ids);
    }
  }

  @Test
  void aSoundTornByAGapIsOneSoundOfItsOwnLength() {
    Random random = new Random(10);
    for (int round = 0; round < 100; round++) {
      int id = random.nextInt(1 << 16);
      short[] sound = ToneCode.encode(id, 1_500);
      int cut = random.nextInt(3_000, sound.length - 3_000);
      short[] line = new short[sound.length + 4_000];
      System.arraycopy(sound, 0, line, 0, cut);
      System.arraycopy(sound, cut, line, cut + random.nextInt(400, 4_000), sound.length - cut);

      List<ToneCode.Sound> sounds = ToneCode.sounds(throughMulaw(line));
      assertThat(sounds).as("round %s cut at %s", round, cut).hasSize(1);
      assertThat(sounds.getFirst().id()).isEqualTo(id);
      assertThat(sounds.getFirst().samples()).isCloseTo(sound.length, within(8 * HOP));
    }
  }

  @Test
  void aSoundOfWhichAPartIsHeardTwiceIsLongerThanItWasMade() {
    short[] sound = ToneCode.encode(0xBEEF, 1_500);
    int cut = 6_000;
    int repeated = 1_600;
    short[] line = new short[sound.length + repeated + 800];
    System.arraycopy(sound, 0, line, 0, cut);
    System.arraycopy(sound, cut - repeated, line, cut + 800, sound.length - cut + repeated);

    assertThat(ToneCode.sounds(line))
        .singleElement()
        .satisfies(twice -> assertThat(twice.samples()).isGreaterThan(sound.length + repeated / 2));
  }

  @Test
  void quietAndNoisyLinesAreHeardAtFifteenDecibels() {
    Random random = new Random(8);
    for (int round = 0; round < 100; round++) {
      int id = random.nextInt(1 << 16);
      short[] line = stream(6_000, 1_000, ToneCode.encode(id));
      // Two tones of amplitude 8000 have an RMS of 8000.
      double loudness = Math.pow(10, -random.nextDouble(0, 30) / 20);
      short[] noise = noise(random, line.length, 8_000 * loudness * Math.pow(10, -15 / 20.0));
      for (int i = 0; i < line.length; i++) {
        line[i] = (short) (line[i] * loudness + noise[i]);
      }
      assertThat(ToneCode.ids(throughMulaw(line))).as("round %s", round).containsExactly(id);
    }
  }

  @Test
  void noiseTonesAndSilenceGiveNoId() {
    Random random = new Random(9);
    assertThat(ToneCode.decode(new short[0])).isEmpty();
    assertThat(ToneCode.decode(new short[16_000])).isEmpty();
    for (double level : new double[] {10, 300, 9_000}) {
      assertThat(ToneCode.decode(noise(random, 160_000, level))).isEmpty();
    }
    assertThat(ToneCode.decode(randomTones(random))).isEmpty();
  }

  /// Clear symbols, with markers among them, that were never a code: wrong order or checksum.
  private static short[] randomTones(Random random) {
    short[] tones = new short[320 * 500];
    for (int symbol = 0; symbol < 500; symbol++) {
      int low = ToneCode.LOW_HERTZ[random.nextInt(4)];
      int high = ToneCode.HIGH_HERTZ[random.nextInt(4)];
      for (int i = symbol * 320; i < (symbol + 1) * 320; i++) {
        tones[i] =
            (short)
                (8_000
                    * (Math.sin(i * 2 * Math.PI * low / 8_000)
                        + Math.sin(i * 2 * Math.PI * high / 8_000)));
      }
    }
    return tones;
  }

  @Test
  void anIdThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> ToneCode.encode(65_536)).hasMessageContaining("0 to 65535");
  }
}
