package dev.voxlog.nlu;

import java.util.List;

/// Multinomial logistic regression, trained on the full batch with Adam and L2; immutable once trained.
///
/// Kingma & Ba, "Adam: A Method for Stochastic Optimization", 2015.
final class SoftmaxRegression {
  private static final int STEPS = 300;
  private static final float RATE = 0.05f;
  private static final float L2 = 1e-3f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[][] weights;

  private SoftmaxRegression(float[][] weights) {
    this.weights = weights;
  }

  /// Learns `classes` labels (0 to classes − 1) from vectors of one length.
  static SoftmaxRegression train(List<float[]> vectors, int[] labels, int classes) {
    int width = vectors.getFirst().length + 1;
    float[][] weights = new float[classes][width];
    float[][] mean = new float[classes][width];
    float[][] variance = new float[classes][width];
    SoftmaxRegression model = new SoftmaxRegression(weights);
    for (int step = 1; step <= STEPS; step++) {
      float[][] gradient = model.gradient(vectors, labels);
      float correction1 = 1 - (float) Math.pow(BETA1, step);
      float correction2 = 1 - (float) Math.pow(BETA2, step);
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < width; i++) {
          float g = gradient[c][i];
          mean[c][i] = BETA1 * mean[c][i] + (1 - BETA1) * g;
          variance[c][i] = BETA2 * variance[c][i] + (1 - BETA2) * g * g;
          weights[c][i] -=
              RATE * (mean[c][i] / correction1) / ((float) Math.sqrt(variance[c][i] / correction2) + EPSILON);
        }
      }
    }
    return model;
  }

  private float[][] gradient(List<float[]> vectors, int[] labels) {
    int width = weights[0].length;
    float[][] gradient = new float[weights.length][width];
    float share = 1f / vectors.size();
    for (int n = 0; n < vectors.size(); n++) {
      float[] vector = vectors.get(n);
      float[] error = probabilities(vector);
      error[labels[n]] -= 1;
      for (int c = 0; c < weights.length; c++) {
        float e = error[c] * share;
        float[] row = gradient[c];
        for (int i = 0; i < vector.length; i++) {
          row[i] += e * vector[i];
        }
        row[width - 1] += e;
      }
    }
    for (int c = 0; c < weights.length; c++) {
      for (int i = 0; i < width - 1; i++) {
        gradient[c][i] += L2 * weights[c][i];
      }
    }
    return gradient;
  }

  /// The probability of each label, summing to 1.
  float[] probabilities(float[] vector) {
    float[] scores = new float[weights.length];
    float highest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < weights.length; c++) {
      float[] row = weights[c];
      float sum = row[row.length - 1];
      for (int i = 0; i < vector.length; i++) {
        sum += row[i] * vector[i];
      }
      scores[c] = sum;
      highest = Math.max(highest, sum);
    }
    float total = 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] = (float) Math.exp(scores[c] - highest);
      total += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= total;
    }
    return scores;
  }
}
