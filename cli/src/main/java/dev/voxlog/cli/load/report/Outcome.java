package dev.voxlog.cli.load.report;

import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.caller.Timetable;
import dev.voxlog.cli.load.server.HopTimes;
import dev.voxlog.cli.load.server.IdleHeap;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.ServerWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What came of one number of calls; `hops` are null where the log cannot be read, `idleHeap` where
/// the calls are too few or the processes elsewhere. `origin` is when the run began, on the clock
/// of the turns' times.
public record Outcome(
    Timetable timetable,
    long origin,
    Measured measured,
    ServerWatch.Taken taken,
    @Nullable IdleHeap idleHeap,
    HopTimes.@Nullable Spreads hops) {
  /// Cores that nobody misses.
  private static final double QUIET = 0.1;

  /// Lines that were not answered, with those that were never said since their call did not stand.
  long missed() {
    // Recordings have pauses that may be answered; tones have none.
    long early = timetable.talk().speech() == null ? 0 : measured.answers().unanswered().early();
    return Math.max(0, timetable.lines() - measured.answers().overhead().count() - early);
  }

  /// Whether every call stood and every line was answered, as long as it should be.
  boolean isComplete() {
    return missed() == 0 && cutShort() == 0 && measured.failures().isEmpty();
  }

  /// Answers that were much shorter than the others, where all should be equally long: those of
  /// stub engines that nobody breaks into.
  long cutShort() {
    return timetable.talk().hasEqualAnswers() ? measured.answers().shorter() : 0;
  }

  /// What stands in the way of taking the figures at their word, the worst first.
  List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    addIfAny(
        doubts,
        measured.failures().size(),
        "%d calls did not stand; what they would have said counts as missed, and the rest is of fewer calls");
    doubtsOfTheMachine(doubts);
    addIfAny(
        doubts,
        measured.answers().unanswered().warmingUp(),
        "%d lines were not answered in time before anything was measured: answers that come a whole line late since would"
            + " look like those to the next one; give a longer --warm-up, or more --every");
    addIfAny(
        doubts,
        measured.answers().unanswered().early(),
        "%d lines were answered by nothing but what began before they were over; these are not among the waits");
    addIfAny(
        doubts,
        measured.answers().talkedOver(),
        "%d lines began while the answer before was still heard: give more --every");
    addIfAny(
        doubts,
        measured.bargeIns().intoSilence(),
        "%d barge-ins met no voice and are not counted: give another time to --barge-in");
    addIfAny(
        doubts,
        measured.bargeIns().notCleared(),
        "%d answers that were broken into went on to their end; what they took is among the times to yield");
    doubts.addAll(Machine.doubts(timetable.calls()));
    return doubts;
  }

  private static void addIfAny(List<String> doubts, int count, String doubt) {
    if (count > 0) {
      doubts.add(doubt.formatted(count));
    }
  }

  private void doubtsOfTheMachine(List<String> doubts) {
    if (measured.isGeneratorLate()) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "The generator was late: %.2f %% of its frames went out more than %.0f ms after they were due, so part of"
                  + " every figure is its own. The machine has too few cores for callers and server.",
              measured.lateShare() * 100,
              Measured.LATE_MS));
    }
    taken
        .use()
        .others()
        .filter(cores -> cores > QUIET && !taken.use().processes().isEmpty())
        .ifPresent(cores ->
            doubts.add(
                String.format(
                    Locale.ROOT,
                    "The machine was shared: other programs, or machines beside this virtual one, took %.2f cores while it was measured.",
                    cores)));
  }
}
