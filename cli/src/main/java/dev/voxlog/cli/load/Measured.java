package dev.voxlog.cli.load;

import java.util.List;

/// What the callers measured on the wire.
///
/// `gaps` are pauses inside answers, `lateness` is the generator's own: how long after they were
/// due its frames went out, `lengths` are the answers'. `early` counts lines that were answered by
/// nothing but what began before they were over, which are neither missed nor among the waits.
/// `bargedIntoSilence` counts barge-ins that met no voice, `talkedOver` lines that began while the
/// answer before them was still heard: with these the timetable is too tight for the answers.
/// `notCleared` counts answers that were broken into and went on to their end.
record Measured(
    Spread overhead,
    Spread clear,
    Spread yield,
    Spread gaps,
    Spread lateness,
    Spread lengths,
    List<Tally.Turn> turns,
    List<String> failures,
    int missed,
    int early,
    int bargedIntoSilence,
    int talkedOver,
    int notCleared) {
  /// A frame that is sent later than this after it was due is late.
  static final double LATE_MS = 10;

  private static final double MOST_LATE_SHARE = 0.001;
  private static final double SHORT = 0.8;

  Measured {
    turns = List.copyOf(turns);
    failures = List.copyOf(failures);
  }

  /// Whether the generator was too busy to keep to its timetable: what it measured is then partly
  /// its own.
  boolean isGeneratorLate() {
    return lateShare() > MOST_LATE_SHARE;
  }

  /// Answers that were shorter than four fifths of the median.
  long shortAnswers() {
    return lengths.count() - lengths.above(lengths.percentile(50) * SHORT);
  }

  /// The share of frames that went out late.
  double lateShare() {
    return lateness.count() == 0 ? 0 : (double) lateness.above(LATE_MS) / lateness.count();
  }
}
