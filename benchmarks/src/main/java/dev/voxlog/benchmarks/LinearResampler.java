package dev.voxlog.benchmarks;

/// The resampler one writes first: a straight line between neighbouring samples.
final class LinearResampler {
  private final double step;
  private double at;
  private float last;

  LinearResampler(int from, int to) {
    step = (double) from / to;
  }

  /// Takes the next piece; `at` counts from the sample before it.
  float[] process(float[] in) {
    float[] out = new float[(int) Math.ceil((in.length - at) / step)];
    for (int i = 0; i < out.length; i++) {
      int left = (int) at;
      float one = left == 0 ? last : in[left - 1];
      out[i] = one + (float) (at - left) * (in[left] - one);
      at += step;
    }
    at -= in.length;
    last = in[in.length - 1];
    return out;
  }
}
