package dev.voxlog.llm.knowledge;

/// Turns likeness of meaning and shared words into one figure from 0 to 1, where a half is the
/// border of a useful answer.
final class Relevance {
  private static final double SLOPE = 22;
  private static final double WORDS_WORTH = 0.08;
  private static final double USUAL_COVERAGE = 0.3;

  private Relevance() {}

  /// `surplus` is the likeness above the embedder's border, `coverage` the share of the question's
  /// words that are there.
  static double of(double surplus, double coverage) {
    double evidence = surplus + WORDS_WORTH * (coverage - USUAL_COVERAGE);
    return 1 / (1 + Math.exp(-SLOPE * evidence));
  }
}
