package dev.voxlog.llm.knowledge;

/// Turns likeness of meaning and shared words into one figure from 0 to 1, where a half is the border of a useful answer.
final class Relevance {
  // bge-small never scores low: unrelated pairs of question and passage lie around 0.5, answers around 0.75.
  private static final double BORDER = 0.64;
  private static final double SLOPE = 22;
  private static final double WORDS_WORTH = 0.08;
  private static final double USUAL_COVERAGE = 0.3;

  private Relevance() {}

  static double of(double likeness, double coverage) {
    double evidence = likeness - BORDER + WORDS_WORTH * (coverage - USUAL_COVERAGE);
    return 1 / (1 + Math.exp(-SLOPE * evidence));
  }
}
