package dev.voxlog.cli.chaos;

/// Something a caller, or the tool, noticed: in which call, at which of its lines (from 1, 0 for
/// the greeting or the whole call), and what.
record Violation(Kind kind, String call, int line, String what) {

  /// What must never happen.
  enum Kind {
    UTTERANCE_LOST,
    UTTERANCE_TWICE,
    UTTERANCE_MISUNDERSTOOD,
    TURN_UNANSWERED,
    TURN_ANSWERED_TWICE,
    SENTENCE_LOST,
    SENTENCE_TWICE,
    SENTENCE_OUT_OF_ORDER,
    /// A part of a sentence is missing, and no record says that it was interrupted.
    SENTENCE_TORN,
    /// More was played than the sentences last.
    SENTENCE_PART_TWICE,
    SENTENCE_UNEXPECTED,
    TOOL_MISSED,
    TOOL_TWICE,
    TOOL_FAILED,
    CALL_DROPPED
  }

  @Override
  public String toString() {
    return "%s  call %s, line %d: %s".formatted(kind, call, line, what);
  }
}
