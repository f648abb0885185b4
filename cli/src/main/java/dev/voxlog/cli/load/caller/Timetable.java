package dev.voxlog.cli.load.caller;

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
///
/// Where it is looked at what an idle call takes of the heap, there are two pauses in which nobody
/// talks and nobody calls: when half of the calls stand, and when all do.
public record Timetable(Step step, int turns, Talk talk, long seed) {
  /// From making a call until its stream should be open.
  static final Duration CONNECTING = Duration.ofSeconds(2);

  /// In which the agent greets a caller.
  static final Duration GREETING = Duration.ofMillis(2_500);

  /// After the last cycle, for the answers to its lines.
  static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  /// Of fewer calls the heap they take is less than what else comes and goes.
  static final int FEWEST_FOR_HEAP = 20;

  /// From a greeting's end until a call is taken for idle.
  static final Duration SETTLING = Duration.ofSeconds(10);

  /// In which the heaps of all processes are looked at, which stops each for a moment.
  public static final Duration LOOKING = Duration.ofSeconds(10);

  /// How many calls there are, made over `ramp`, and how long they talk before anything counts.
  public record Step(int calls, Duration ramp, Duration warmUp, boolean isHeapWanted) {
    /// Whether what an idle call takes of the heap is looked at.
    public boolean hasLooksAtHeap() {
      return isHeapWanted && calls >= FEWEST_FOR_HEAP;
    }
  }

  /// One call: when it is made, when its first frame is due, and in which of its frames it says its
  /// first line.
  public record Call(int index, Duration dialled, Duration begins, long firstLine) {}

  public Call call(int index) {
    Random random = new Random(seed * 1_000_003 + index);
    Duration dialled = step.ramp().multipliedBy(index).dividedBy(calls());
    if (index >= half()) {
      dialled = dialled.plus(pause());
    }
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

  /// How many lines all calls together are to say while it is measured.
  public long lines() {
    return (long) calls() * turns * talk.lines().size();
  }

  public int calls() {
    return step.calls();
  }

  private int half() {
    return calls() / 2;
  }

  private Duration pause() {
    return step.hasLooksAtHeap()
        ? CONNECTING.plus(GREETING).plus(SETTLING).plus(LOOKING)
        : Duration.ZERO;
  }

  /// When the first half of the calls stands and is idle, and no other is made yet.
  public Duration halfIsIdle() {
    return step.ramp()
        .multipliedBy(half())
        .dividedBy(calls())
        .plus(CONNECTING)
        .plus(GREETING)
        .plus(SETTLING);
  }

  /// When all calls stand and are idle.
  public Duration allAreIdle() {
    return connected().plus(GREETING).plus(SETTLING);
  }

  /// From when on callers may talk.
  Duration talking() {
    return step.hasLooksAtHeap() ? allAreIdle().plus(LOOKING) : connected().plus(GREETING);
  }

  /// When the last call should stand.
  public Duration connected() {
    return step.ramp().plus(pause()).plus(CONNECTING);
  }

  public int warmUpCycles() {
    return (int) Math.ceilDiv(step.warmUp().toNanos(), talk.every().toNanos());
  }

  /// Whether what is said in a cycle, counted from 0, is measured.
  boolean isMeasured(long cycle) {
    return cycle >= warmUpCycles() && cycle < cycles();
  }

  int cycles() {
    return warmUpCycles() + turns;
  }

  /// When the server is measured from: every caller is in cycles that are, or about to be.
  public Duration measuredFrom() {
    return talking().plus(talk.every().multipliedBy(warmUpCycles()));
  }

  public Duration measuredTo() {
    return measuredFrom().plus(talk.every().multipliedBy(turns));
  }

  /// When all callers hang up: the last has had the answer to its last line.
  public Duration ends() {
    return measuredTo().plus(talk.every()).plus(LAST_ANSWERS);
  }
}
