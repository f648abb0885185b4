package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PcmTest {
  private static short[] allSamples() {
    short[] samples = new short[1 << 16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i - 32_768);
    }
    return samples;
  }

  @Test
  void everySampleSurvivesFloatsAndBytes() {
    assertThat(Pcm.toShorts(Pcm.toFloats(allSamples()))).isEqualTo(allSamples());
    assertThat(Pcm.fromBytes(Pcm.toBytes(allSamples()))).isEqualTo(allSamples());
  }

  @Test
  void whatIsBeyondFullScaleIsClipped() {
    assertThat(Pcm.toShorts(new float[] {1.5f, -1.5f, 1f}))
        .containsExactly(32_767, -32_768, 32_767);
  }

  @Test
  void theLowByteComesFirstAndAnOddByteIsLeftOut() {
    assertThat(Pcm.toBytes(new short[] {0x1234})).containsExactly(0x34, 0x12);
    assertThat(Pcm.fromBytes(new byte[] {0x34, 0x12, 1})).containsExactly(0x1234);
  }
}
