package dev.voxlog.llm.knowledge;

import dev.voxlog.models.SentenceEmbedder;

/// Turns texts into unit-length vectors, all of one length. Safe for any thread; computes on the
/// calling one.
public interface TextEmbedder {
  /// The vector of a passage or sentence.
  float[] embed(String text);

  /// The vector of a question that is to find passages.
  float[] embedQuery(String question);

  /// The likeness (dot product) of question and passage at which an answer is as likely as not.
  double border();

  /// The sentence model, which remains the caller's to close.
  static TextEmbedder of(SentenceEmbedder model) {
    return new TextEmbedder() {
      @Override
      public float[] embed(String text) {
        return model.embed(text);
      }

      @Override
      public float[] embedQuery(String question) {
        return model.embedQuery(question);
      }

      // bge-small never scores low: for questions beyond the documents the nearest passage lies
      // around 0.6, answers lie
      // around 0.8.
      @Override
      public double border() {
        return 0.69;
      }
    };
  }
}
