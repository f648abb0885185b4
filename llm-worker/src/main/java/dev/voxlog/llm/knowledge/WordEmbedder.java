package dev.voxlog.llm.knowledge;

import java.util.Set;

/// Vectors of the words a text holds, by hashing their stems: texts are alike by the words they
/// share. Needs no weights.
public final class WordEmbedder implements TextEmbedder {
  private static final int DIMENSION = 1024;
  // A text without any words is like no other: passages and questions have a place each for that.
  private static final int WORDLESS = 0;
  private static final int WORDLESS_QUESTION = 1;
  private static final int FIRST = 2;

  private final Terms terms = new Terms();

  @Override
  public float[] embed(String text) {
    return embed(text, WORDLESS);
  }

  @Override
  public float[] embedQuery(String question) {
    return embed(question, WORDLESS_QUESTION);
  }

  private float[] embed(String text, int wordless) {
    Set<String> words = terms.of(text);
    float[] vector = new float[DIMENSION];
    if (words.isEmpty()) {
      vector[wordless] = 1;
      return vector;
    }
    for (String word : words) {
      // Two places for each word, so that one that is shared by chance counts half.
      vector[place(word.hashCode())] += 1;
      vector[place(word.hashCode() * 0x9E3779B9 + 1)] += 1;
    }
    float length = (float) Math.sqrt(KnowledgeIndex.dot(vector, vector));
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static int place(int hash) {
    return FIRST + Math.floorMod(hash ^ (hash >>> 15), DIMENSION - FIRST);
  }

  @Override
  public double border() {
    return 0.5;
  }
}
