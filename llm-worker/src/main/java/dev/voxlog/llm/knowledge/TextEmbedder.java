package dev.voxlog.llm.knowledge;

/// Turns texts into unit-length vectors, all of one length. Safe for any thread; computes on the calling one.
public interface TextEmbedder {
  /// The vector of a passage or sentence.
  float[] embed(String text);

  /// The vector of a question that is to find passages.
  float[] embedQuery(String question);
}
