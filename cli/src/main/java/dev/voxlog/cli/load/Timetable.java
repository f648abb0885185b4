package dev.voxlog.cli.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// When everything happens, fixed before the first call is made: no answer, however late, moves
/// anything that comes after it. All times are from the run's beginning.
///
/// Calls are made one after the other over `ramp`, talk through a warm-up of whole cycles, which is
/// not counted, and then `turns` cycles that are. Where in a cycle a caller begins is random, from
/// the seed, and the same all along.
record Timetable(int calls, int turns, Duration ramp, Duration warmUp, Talk talk, long seed) {
  /// From making a call until its stream should be open.
  static final Duration CONNECTING = Duration.ofSeconds(2);

  /// In which the agent greets a caller.
  static final Duration GREETING = Duration.ofMillis(2_500);

  /// After the last cycle, for the answers to its lines.
  static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  /// One call: when it is made, when its first frame is due, and in which of its frames it says its
  /// first line.
  record Call(int index, Duration dialled, Duration begins, long firstLine) {}

  Call call(int index) {
    Random random = new Random(seed * 1_000_003 + index);
    Duration dialled = ramp.multipliedBy(index).dividedBy(calls);
    long slot = random.nextLong(Talk.FRAME.toNanos());
    Duration begins = dialled.plus(CONNECTING).plusNanos(slot);
    int phase = random.nextInt(talk.frames());
    long atLeast = talking().minus(begins).toNanos();
    long firstLine = Math.ceilDiv(atLeast, Talk.FRAME.toNanos()) + phase;
    return new Call(index, dialled, begins, firstLine);
  }

  /// All of these in an order of the caller's own, in which it says them again and again.
  <T> List<T> order(int index, List<T> all) {
    List<T> own = new ArrayList<>(all);
    Collections.shuffle(own, new Random(~(seed * 1_000_003 + index)));
    return List.copyOf(own);
  }

  /// From when on callers may talk.
  private Duration talking() {
    return connected().plus(GREETING);
  }

  /// When the last call should stand.
  Duration connected() {
    return ramp.plus(CONNECTING);
  }

  int warmUpCycles() {
    return (int) Math.ceilDiv(warmUp.toNanos(), talk.every().toNanos());
  }

  /// Whether what is said in a cycle, counted from 0, is measured.
  boolean isMeasured(long cycle) {
    return cycle >= warmUpCycles() && cycle < cycles();
  }

  int cycles() {
    return warmUpCycles() + turns;
  }

  /// When the server is measured from: every caller is in cycles that are, or about to be.
  Duration measuredFrom() {
    return talking().plus(talk.every().multipliedBy(warmUpCycles()));
  }

  Duration measuredTo() {
    return measuredFrom().plus(talk.every().multipliedBy(turns));
  }

  /// When all callers hang up: the last has had the answer to its last line.
  Duration ends() {
    return measuredTo().plus(talk.every()).plus(LAST_ANSWERS);
  }
}
