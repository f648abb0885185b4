package dev.voxlog.llm.knowledge;

import java.util.Set;

/// Vectors of the words a text holds, by hashing their stems: texts are alike by the words they share. Needs no weights.
public final class WordEmbedder implements TextEmbedder {
  private static final int DIMENSION = 512;

  private final Terms terms = new Terms();

  @Override
  public float[] embed(String text) {
    Set<String> words = terms.of(text);
    float[] vector = new float[DIMENSION];
    for (String word : words) {
      vector[Math.floorMod(word.hashCode(), DIMENSION)] += 1;
    }
    double length = Math.sqrt(KnowledgeIndex.dot(vector, vector));
    for (int i = 0; length > 0 && i < DIMENSION; i++) {
      vector[i] /= (float) length;
    }
    if (length == 0) {
      vector[0] = 1;
    }
    return vector;
  }

  @Override
  public float[] embedQuery(String question) {
    return embed(question);
  }

  @Override
  public double border() {
    return 0.3;
  }
}
