package dev.voxlog.nlu;

import java.util.Arrays;
import java.util.List;

/// Multinomial logistic regression, trained on the full batch with Adam and L2; immutable once
/// trained.
///
/// Kingma & Ba, "Adam: A Method for Stochastic Optimization", 2015. All long loops add a multiple
/// of one row to another, which the JVM turns into vector instructions.
final class SoftmaxRegression {
  private static final int STEPS = 300;
  private static final float RATE = 0.05f;
  private static final float L2 = 1e-3f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /// An error this small moves no weight.
  private static final float NEGLIGIBLE = 1e-5f;

  /// By class, then feature; the last feature is the constant 1.
  private final float[][] weights;

  private SoftmaxRegression(float[][] weights) {
    this.weights = weights;
  }

  /// Learns `classes` labels (0 to classes − 1) from vectors of one length.
  static SoftmaxRegression train(List<float[]> vectors, int[] labels, int classes) {
    return new Training(vectors, labels, classes).run();
  }

  /// The probability of each label, summing to 1.
  float[] probabilities(float[] vector) {
    float[] scores = new float[weights.length];
    for (int c = 0; c < weights.length; c++) {
      float[] row = weights[c];
      float sum = row[row.length - 1];
      for (int i = 0; i < vector.length; i++) {
        sum += row[i] * vector[i];
      }
      scores[c] = sum;
    }
    normalise(scores);
    return scores;
  }

  private static void normalise(float[] scores) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      highest = Math.max(highest, score);
    }
    float total = 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] = (float) Math.exp(scores[c] - highest);
      total += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= total;
    }
  }

  /// `to` plus `factor` times `from`.
  private static void add(float[] to, float factor, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /// One run of learning.
  private static final class Training {
    private final int[] labels;
    private final float[][] byExample;
    private final float[][] byFeature;
    private final float[][] weights;
    private final float[][] mean;
    private final float[][] variance;
    private final float[][] errors;
    private final float[] gradient;

    Training(List<float[]> vectors, int[] labels, int classes) {
      int width = vectors.getFirst().length + 1;
      this.labels = labels;
      byExample = new float[vectors.size()][width];
      byFeature = new float[width][vectors.size()];
      for (int n = 0; n < byExample.length; n++) {
        for (int i = 0; i < width; i++) {
          float value = i < width - 1 ? vectors.get(n)[i] : 1;
          byExample[n][i] = value;
          byFeature[i][n] = value;
        }
      }
      weights = new float[classes][width];
      mean = new float[classes][width];
      variance = new float[classes][width];
      errors = new float[classes][byExample.length];
      gradient = new float[width];
    }

    SoftmaxRegression run() {
      for (int step = 1; step <= STEPS; step++) {
        findErrors();
        float correction1 = 1 - (float) Math.pow(BETA1, step);
        float correction2 = 1 - (float) Math.pow(BETA2, step);
        for (int c = 0; c < weights.length; c++) {
          findGradient(c);
          move(c, RATE / correction1, 1 / correction2);
        }
      }
      return new SoftmaxRegression(weights);
    }

    private void findErrors() {
      for (int c = 0; c < weights.length; c++) {
        Arrays.fill(errors[c], 0);
        for (int i = 0; i < byFeature.length; i++) {
          add(errors[c], weights[c][i], byFeature[i]);
        }
      }
      float share = 1f / labels.length;
      float[] scores = new float[weights.length];
      for (int n = 0; n < labels.length; n++) {
        for (int c = 0; c < scores.length; c++) {
          scores[c] = errors[c][n];
        }
        normalise(scores);
        scores[labels[n]] -= 1;
        for (int c = 0; c < scores.length; c++) {
          errors[c][n] = scores[c] * share;
        }
      }
    }

    private void findGradient(int c) {
      Arrays.fill(gradient, 0);
      float least = NEGLIGIBLE / labels.length;
      for (int n = 0; n < byExample.length; n++) {
        if (Math.abs(errors[c][n]) > least) {
          add(gradient, errors[c][n], byExample[n]);
        }
      }
      float constant = gradient[gradient.length - 1];
      add(gradient, L2, weights[c]);
      gradient[gradient.length - 1] = constant;
    }

    private void move(int c, float rate, float spread) {
      float[] w = weights[c];
      float[] m = mean[c];
      float[] v = variance[c];
      for (int i = 0; i < w.length; i++) {
        float g = gradient[i];
        m[i] = BETA1 * m[i] + (1 - BETA1) * g;
        v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
        w[i] -= rate * m[i] / ((float) Math.sqrt(v[i] * spread) + EPSILON);
      }
    }
  }
}
