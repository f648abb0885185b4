package dev.voxlog.cli.load.caller;

import java.util.List;

/// What the callers measured on the wire. `lateness` is the generator's own: how long after they
/// were due its frames went out.
public record Measured(
    Answers answers,
    BargeIns bargeIns,
    Spread lateness,
    List<Tally.Turn> turns,
    List<String> failures) {
  /// A frame that is sent later than this after it was due is late.
  public static final double LATE_MS = 10;

  private static final double MOST_LATE_SHARE = 0.001;
  private static final double SHORT = 0.8;

  /// The waits for an answer, the answers' lengths and the pauses inside them. `talkedOver` counts
  /// lines that began while the answer before them was still heard: the timetable is too tight for
  /// the answers.
  public record Answers(
      Spread overhead, Spread lengths, Spread gaps, Unanswered unanswered, int talkedOver) {
    /// Answers that were shorter than four fifths of the median.
    public long shorter() {
      return lengths.count() - lengths.above(lengths.percentile(50) * SHORT);
    }
  }

  /// Lines that are not among the waits: those that nothing answered before the next one began
  /// (`missed`, and `warmingUp` of the time before anything is measured), and those that were
  /// answered by nothing but what began before they were over (`early`).
  public record Unanswered(int missed, int warmingUp, int early) {}

  /// From a barge-in's first frame to the `clear`, and until nothing was heard. `intoSilence`
  /// counts those that met no voice, `notCleared` answers that were broken into and went on to
  /// their end.
  public record BargeIns(Spread clear, Spread yield, int intoSilence, int notCleared) {}

  public Measured {
    turns = List.copyOf(turns);
    failures = List.copyOf(failures);
  }

  /// Whether the generator was too busy to keep to its timetable: what it measured is then partly
  /// its own.
  public boolean isGeneratorLate() {
    return lateShare() > MOST_LATE_SHARE;
  }

  /// The share of frames that went out late.
  public double lateShare() {
    return lateness.count() == 0 ? 0 : (double) lateness.above(LATE_MS) / lateness.count();
  }
}
