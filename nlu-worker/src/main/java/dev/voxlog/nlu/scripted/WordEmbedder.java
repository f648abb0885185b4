package dev.voxlog.nlu.scripted;

import dev.voxlog.nlu.TextEmbedder;
import java.util.Locale;

/// Texts as bags of hashed words: near where they share words, far where they do not. Needs no
/// model.
public final class WordEmbedder implements TextEmbedder {
  private static final int DIMENSION = 256;

  /// Multiplier of Fibonacci hashing (Knuth, TAOCP 3, 6.4).
  private static final int GOLDEN = 0x9E3779B9;

  @Override
  public float[] embed(String text) {
    float[] vector = new float[DIMENSION];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9']+")) {
      if (!word.isEmpty()) {
        int hash = word.hashCode() * GOLDEN;
        vector[(hash >>> 16) % DIMENSION] += hash < 0 ? -1 : 1;
      }
    }
    return unit(vector);
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float each : vector) {
      square += each * each;
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
