package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class G711Test {
  private static byte[] allCodes() {
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    return codes;
  }

  @Test
  void everyMulawCodeSurvivesTheRoundTripButNegativeZero() {
    byte[] again = G711.encodeMulaw(G711.decodeMulaw(allCodes()));
    byte[] expected = allCodes();
    expected[0x7F] = G711.MULAW_SILENCE;
    assertThat(again).isEqualTo(expected);
  }

  @Test
  void everyAlawCodeSurvivesTheRoundTrip() {
    assertThat(G711.encodeAlaw(G711.decodeAlaw(allCodes()))).isEqualTo(allCodes());
  }

  @Test
  void theRecommendationsOwnValuesAreMet() {
    assertThat(G711.decodeMulaw(new byte[] {0, (byte) 0x80, (byte) 0xFF, (byte) 0x8F}))
        .containsExactly(-32_124, 32_124, 0, 16_764);
    assertThat(G711.decodeAlaw(new byte[] {(byte) 0xD5, 0x55, (byte) 0xAA, 0x2A}))
        .containsExactly(8, -8, 32_256, -32_256);
  }

  @Test
  void noSampleIsFurtherOffThanHalfAStepOfItsSegment() {
    short[] samples = new short[1 << 16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) i;
    }
    short[] mulaw = G711.decodeMulaw(G711.encodeMulaw(samples));
    short[] alaw = G711.decodeAlaw(G711.encodeAlaw(samples));
    for (int i = 0; i < samples.length; i++) {
      int magnitude = Math.min(Math.abs((int) samples[i]), 32_635);
      assertThat(Math.abs(mulaw[i] - samples[i]))
          .isLessThanOrEqualTo(Math.max(8, (magnitude + 132) / 32) + 136);
      assertThat(Math.abs(alaw[i] - samples[i]))
          .isLessThanOrEqualTo(Math.max(16, magnitude / 32 + 1) + 4);
    }
  }
}
