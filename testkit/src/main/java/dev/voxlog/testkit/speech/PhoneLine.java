package dev.voxlog.testkit.speech;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;

/// A telephone line: 300 to 3400 Hz, 8 kHz, µ-law.
public final class PhoneLine {
  private static final int HALF = 150;
  private static final double LOW = 300;
  private static final double HIGH = 3_400;
  private static final double RATE = 8_000;

  private PhoneLine() {}

  /// 16 kHz in, 16 kHz out.
  public static float[] pass(float[] pcm16k) {
    return Resampler.resample(received(pcm16k), 8_000, 16_000);
  }

  /// What the far end decodes: 16 kHz in, 8 kHz out.
  public static float[] received(float[] pcm16k) {
    float[] narrow = narrowed(Resampler.resample(pcm16k, 16_000, 8_000));
    return Pcm.toFloats(G711.decodeMulaw(G711.encodeMulaw(Pcm.toShorts(narrow))));
  }

  /// The band alone: 8 kHz in, 8 kHz out, as long and in the same place.
  public static float[] narrowed(float[] in) {
    double[] taps = new double[2 * HALF + 1];
    for (int i = -HALF; i <= HALF; i++) {
      double hann = 0.5 + 0.5 * Math.cos(Math.PI * i / (HALF + 1));
      taps[i + HALF] = hann * (lowPass(HIGH, i) - lowPass(LOW, i));
    }
    float[] out = new float[in.length];
    for (int n = 0; n < in.length; n++) {
      double sum = 0;
      for (int i = Math.max(-HALF, n - in.length + 1); i <= Math.min(HALF, n); i++) {
        sum += taps[i + HALF] * in[n - i];
      }
      out[n] = (float) sum;
    }
    return out;
  }

  private static double lowPass(double hertz, int sample) {
    double turn = 2 * hertz / RATE;
    return sample == 0 ? turn : Math.sin(Math.PI * turn * sample) / (Math.PI * sample);
  }
}
