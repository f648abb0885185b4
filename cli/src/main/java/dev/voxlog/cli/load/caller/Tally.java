package dev.voxlog.cli.load.caller;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What all callers measured. Written by the callers' thread, read from any.
public final class Tally {
  private static final long MICRO = 1_000;

  private final Histogram overhead = histogram();
  private final Histogram clear = histogram();
  private final Histogram yield = histogram();
  private final Histogram gaps = histogram();
  private final Histogram lateness = histogram();
  private final Histogram lengths = histogram();
  private final List<Turn> turns = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long frames;
  private int missed;
  private int missedWarmingUp;
  private int early;
  private int bargedIntoSilence;
  private int talkedOver;
  private int notCleared;

  /// An answered turn: when its line was over, and how long the answer took.
  public record Turn(long atNanos, long tookNanos) {}

  /// Microseconds, up to ten minutes.
  private static Histogram histogram() {
    return new Histogram(600_000_000L, 3);
  }

  private static void record(Histogram into, long nanos) {
    into.recordValue(Math.clamp(nanos / MICRO, 0, into.getHighestTrackableValue()));
  }

  /// A line was over at that time, was answered so much later, and with so much audio.
  public synchronized void answered(long at, long nanos, long length) {
    record(overhead, nanos);
    record(lengths, length);
    turns.add(new Turn(at, nanos));
  }

  synchronized void missed() {
    missed++;
  }

  /// Nothing answered a line of the warm-up before the next one began.
  public synchronized void missedWarmingUp() {
    missedWarmingUp++;
  }

  /// What answered a line began before it was over.
  public synchronized void early() {
    early++;
  }

  synchronized void cleared(long nanos) {
    record(clear, nanos);
  }

  synchronized void yielded(long nanos) {
    record(yield, nanos);
  }

  synchronized void gap(long nanos) {
    record(gaps, nanos);
  }

  synchronized void bargedIntoSilence() {
    bargedIntoSilence++;
  }

  synchronized void talkedOver() {
    talkedOver++;
  }

  /// An answer that was broken into went on to its end.
  synchronized void notCleared() {
    notCleared++;
  }

  /// A frame went out so long after it was due.
  public synchronized void sent(long lateNanos, boolean isMeasured) {
    frames++;
    if (isMeasured) {
      record(lateness, lateNanos);
    }
  }

  /// How many frames have gone out, measured or not.
  public synchronized long frames() {
    return frames;
  }

  /// A call could not be made, or ended before its time.
  public synchronized void failed(int call, Exception why) {
    failures.add("call %d: %s".formatted(call, why.getMessage() == null ? why : why.getMessage()));
  }

  /// As things stand.
  public synchronized Measured snapshot() {
    return new Measured(
        new Measured.Answers(
            new Spread(overhead.copy()),
            new Spread(lengths.copy()),
            new Spread(gaps.copy()),
            new Measured.Unanswered(missed, missedWarmingUp, early),
            talkedOver),
        new Measured.BargeIns(
            new Spread(clear.copy()), new Spread(yield.copy()), bargedIntoSilence, notCleared),
        new Spread(lateness.copy()),
        turns,
        failures);
  }
}
