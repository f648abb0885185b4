package dev.voxlog.audio;

import java.util.Arrays;

/// Changes the sample rate by a polyphase Kaiser-windowed sinc filter; a stream may come in pieces
/// of any length.
///
/// Oppenheim & Schafer, "Discrete-Time Signal Processing", ch. 4 and 7. Flat to 0.83 of the lower
/// Nyquist frequency, half the amplitude at 0.92, about 70 dB down from 1.01 on. A stream's output
/// has no delay in time; it comes half a filter later. Equal rates pass unchanged. Not thread-safe.
public final class Resampler {
  private static final int HALF_WIDTH = 24;
  private static final double ROLL_OFF = 0.92;
  private static final double KAISER_BETA = 7.0;
  private static final double KAISER_PEAK = bessel(KAISER_BETA);

  private final int up;
  private final int down;
  private final int half;
  private final float[][] phases;
  private float[] history;
  private long fed;
  private long made;

  /// @throws IllegalArgumentException if a rate is not positive
  public Resampler(int from, int to) {
    if (from <= 0 || to <= 0) {
      throw new IllegalArgumentException(
          "cannot resample from " + from + " to " + to + " Hz: rates are positive");
    }
    int divisor = gcd(from, to);
    up = to / divisor;
    down = from / divisor;
    double cutoff = Math.min(1.0, (double) to / from) * ROLL_OFF;
    half = (int) Math.ceil(HALF_WIDTH / Math.min(1.0, (double) to / from));
    phases = new float[up][2 * half];
    for (int phase = 0; phase < up; phase++) {
      fill(phases[phase], (double) phase / up, cutoff);
    }
    history = new float[half];
  }

  /// One set of taps, for outputs that lie `fraction` of an input sample after an input.
  private void fill(float[] taps, double fraction, double cutoff) {
    double sum = 0;
    for (int k = 0; k < taps.length; k++) {
      double distance = k - half + 1 - fraction;
      double x = Math.PI * distance * cutoff;
      double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
      double edge = distance / half;
      double window =
          Math.abs(edge) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - edge * edge)) / KAISER_PEAK;
      taps[k] = (float) (sinc * window);
      sum += taps[k];
    }
    for (int k = 0; k < taps.length; k++) {
      taps[k] /= (float) sum;
    }
  }

  /// The modified Bessel function of the first kind, order 0, by its power series.
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /// Takes the next piece; gives what can be made of it, which lags by half the filter.
  public float[] process(float[] in) {
    if (up == down) {
      return in.clone();
    }
    float[] all = Arrays.copyOf(history, history.length + in.length);
    System.arraycopy(in, 0, all, history.length, in.length);
    long base = fed + in.length - all.length;
    fed += in.length;
    float[] out = new float[(int) ((long) in.length * up / down) + 2];
    int count = 0;
    while (made * down / up + half < fed) {
      if (count == out.length) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      out[count++] = at(all, base);
      made++;
    }
    long next = made * down / up - half + 1;
    history = Arrays.copyOfRange(all, (int) Math.clamp(next - base, 0, all.length), all.length);
    return Arrays.copyOf(out, count);
  }

  private float at(float[] all, long base) {
    float[] taps = phases[(int) (made * down % up)];
    int first = (int) (made * down / up - half + 1 - base);
    float sum = 0;
    for (int k = Math.max(0, -first); k < taps.length; k++) {
      sum += taps[k] * all[first + k];
    }
    return sum;
  }

  /// The rest of the stream; the resampler is spent afterwards.
  public float[] flush() {
    if (up == down) {
      return new float[0];
    }
    long total = (fed * up + down - 1) / down;
    int missing = (int) (total - made);
    float[] tail = process(new float[half + 1]);
    return Arrays.copyOf(tail, Math.max(0, Math.min(missing, tail.length)));
  }

  /// A whole piece of audio at another rate, in place (no delay) and of the matching length.
  public static float[] resample(float[] in, int from, int to) {
    Resampler resampler = new Resampler(from, to);
    float[] head = resampler.process(in);
    float[] tail = resampler.flush();
    float[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
