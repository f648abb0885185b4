package dev.voxlog.nlu;

import java.util.LinkedHashMap;
import java.util.Map;

/// An embedder that keeps its latest vectors in memory for a while, so that final words which an
/// interim had already cost nothing more. Safe from any thread.
final class RecentVectors implements TextEmbedder {
  /// A few utterances of as many calls as speak at once; little enough to forget what callers said.
  private static final int MOST = 256;

  private final TextEmbedder embedder;
  private final Map<String, float[]> vectors = new LinkedHashMap<>(MOST, 0.75f, true);

  RecentVectors(TextEmbedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public float[] embed(String text) {
    synchronized (vectors) {
      float[] known = vectors.get(text);
      if (known != null) {
        return known.clone();
      }
    }
    float[] vector = embedder.embed(text);
    synchronized (vectors) {
      vectors.put(text, vector.clone());
      if (vectors.size() > MOST) {
        vectors.remove(vectors.keySet().iterator().next());
      }
    }
    return vector;
  }
}
