package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AudioTapeTest {
  private static final int RECORDS = 60;

  private final AudioTape tape = new AudioTape();

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /// Sample `n` of the media clock is `n`.
  private void append(int length, long offset) {
    float[] audio = new float[length];
    for (int i = 0; i < length; i++) {
      audio[i] = tape.end() + i;
    }
    tape.append(audio, offset);
  }

  private static float[] samples(long from, long to) {
    float[] audio = new float[(int) (to - from)];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = from + i;
    }
    return audio;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsNotForgottenIsReadBackFromWhereverItIsAsked(long seed) {
    Random random = new Random(seed);
    long begin = random.nextInt(10_000);
    tape.reset(begin);
    long[] starts = new long[RECORDS];
    long kept = begin;
    for (int i = 0; i < RECORDS; i++) {
      starts[i] = tape.end();
      append(random.nextInt(400), i);
      kept += Math.max(0, random.nextInt(1_000) - 500);
      long offset = tape.forgetBefore(kept);

      assertThat(tape.start()).isLessThanOrEqualTo(Math.max(kept, starts[i]));
      assertThat(tape.start()).isEqualTo(starts[(int) offset]);
      long from = random.nextLong(begin, tape.end() + 1);
      long to = random.nextLong(from, tape.end() + 100);
      long first = Math.max(from, tape.start());
      assertThat(tape.between(from, to))
          .isEqualTo(samples(first, Math.max(first, Math.min(to, tape.end()))));
    }
  }

  @Test
  void onlyTheRecordThatHoldsTheSampleAndThoseAfterItAreKept() {
    for (int i = 0; i < 10; i++) {
      append(160, 100 + i);
    }

    assertThat(tape.forgetBefore(3 * 160 - 1)).isEqualTo(102);
    assertThat(tape.start()).isEqualTo(2 * 160);
    assertThat(tape.forgetBefore(3 * 160)).isEqualTo(103);
    assertThat(tape.start()).isEqualTo(3 * 160);
    assertThat(tape.end()).isEqualTo(10 * 160);
  }

  @Test
  void theLastRecordStaysSinceItTellsFromWhereToRead() {
    append(160, 7);

    assertThat(tape.forgetBefore(10_000)).isEqualTo(7);
    assertThat(tape.isEmpty()).isFalse();
  }
}
