package dev.voxlog.cli.load;

import java.util.List;

/// What the callers measured on the wire.
///
/// `gaps` are pauses inside answers, `lateness` is the generator's own: how long after they were
/// due its frames went out. `early` counts lines that were answered by nothing but what began
/// before they were over, which are neither missed nor among the waits. `bargedIntoSilence` counts
/// barge-ins that met no voice, `talkedOver` lines that began while the answer before them was
/// still heard: with these the timetable is too tight for the answers.
record Measured(
    Spread overhead,
    Spread clear,
    Spread yield,
    Spread gaps,
    Spread lateness,
    List<Tally.Turn> turns,
    List<String> failures,
    int missed,
    int early,
    int bargedIntoSilence,
    int talkedOver) {
  /// A frame that is sent later than this after it was due is late.
  static final double LATE_MS = 10;

  private static final double MOST_LATE_SHARE = 0.001;

  Measured {
    turns = List.copyOf(turns);
    failures = List.copyOf(failures);
  }

  /// Whether the generator was too busy to keep to its timetable: what it measured is then partly
  /// its own.
  boolean isGeneratorLate() {
    return lateShare() > MOST_LATE_SHARE;
  }

  /// The share of frames that went out late.
  double lateShare() {
    return lateness.count() == 0 ? 0 : (double) lateness.above(LATE_MS) / lateness.count();
  }
}
