package dev.voxlog.cli.load.caller;

import java.util.ArrayList;
import java.util.List;

/// Measures one caller's turns by what passes on the wire. Times are nanoseconds of one clock; what
/// the caller does counts from when it was due, what comes from when it came. Confined to one
/// thread.
///
/// A turn's wait is from the end of a line to the first of its answer that is heard
/// ([AnswerWatch]); it is known when the next line begins. A barge-in is a line that begins while
/// the agent is heard: it is cleared when the carrier's buffer is, and the agent has yielded when
/// nothing of it is heard any more.
final class TurnMeter {
  private final Tally tally;
  private final Playout playout = new Playout();
  private final AnswerWatch answer = new AnswerWatch();
  private final List<Gap> gaps = new ArrayList<>();
  private State state = State.BEFORE;
  private boolean isMeasured;
  private long silentSince;
  private boolean isBargeIn;
  private long bargedInAt;

  private enum State {
    /// Nothing was said yet.
    BEFORE,
    TALKING,
    /// The line is over.
    LISTENING
  }

  /// A pause of the agent's, and the turn before it.
  private record Gap(long nanos, int turnBefore) {}

  TurnMeter(Tally tally) {
    this.tally = tally;
  }

  Playout playout() {
    return playout;
  }

  /// The first frame of a line was due.
  void lineBegins(long due, boolean measured, boolean isMeantAsBargeIn) {
    lastTurnOver();
    boolean isPlaying = playout.isPlaying(due);
    state = State.TALKING;
    answer.lineBegins(isPlaying);
    isMeasured = measured;
    isBargeIn = isMeantAsBargeIn && isPlaying;
    bargedInAt = due;
    if (isMeasured && isMeantAsBargeIn && !isBargeIn) {
      tally.bargedIntoSilence();
    }
    if (isMeasured && !isMeantAsBargeIn && isPlaying) {
      tally.talkedOver();
    }
  }

  /// The line was over at this time.
  void lineEnds(long at) {
    state = State.LISTENING;
    silentSince = at;
    answer.lineEnds(playout.isPlaying(at));
  }

  /// Audio has come, of which this much cannot be heard at first.
  void audio(long now, long nanos, long quietNanos) {
    boolean isPlaying = playout.isPlaying(now);
    if (!isPlaying) {
      yielded(playout.endsAt());
    }
    long from = isPlaying ? playout.endsAt() : now;
    long dry = playout.receive(now, nanos);
    boolean isListening = state == State.LISTENING;
    if (isListening && answer.isAnswering() && isMeasured && dry > 0) {
      gaps.add(new Gap(dry, answer.turn()));
    }
    if (quietNanos < nanos) {
      answer.audible(from + quietNanos, isPlaying);
    }
    answer.came(nanos);
  }

  /// A mark has come, to be returned when what is before it was played.
  void mark(String name, long now) {
    int turn = answer.mark(name);
    if (turn != AnswerWatch.UNKNOWN) {
      // What parts one turn from the next, such as a reprompt, is no gap.
      gaps.removeIf(gap -> gap.turnBefore() != AnswerWatch.UNKNOWN && gap.turnBefore() != turn);
      tellGaps();
    }
    playout.mark(name, now);
  }

  /// The agent has had the buffer emptied.
  void cleared(long now) {
    if (isBargeIn && isMeasured) {
      tally.cleared(now - bargedInAt);
    }
    yielded(Math.min(now, playout.endsAt()), true);
    answer.cleared(playout.isPlaying(now));
    playout.clear(now);
  }

  private void tellGaps() {
    gaps.forEach(gap -> tally.gap(gap.nanos()));
    gaps.clear();
  }

  /// The agent has ended by itself.
  private void yielded(long at) {
    yielded(at, false);
  }

  private void yielded(long at, boolean isCleared) {
    boolean isCounted = isBargeIn && isMeasured;
    isBargeIn = false;
    if (isCounted) {
      tally.yielded(Math.max(0, at - bargedInAt));
      if (!isCleared) {
        tally.notCleared();
      }
    }
  }

  /// The call is over.
  void ends() {
    lastTurnOver();
    state = State.BEFORE;
  }

  private void lastTurnOver() {
    yielded(playout.endsAt());
    tellGaps();
    if (state != State.LISTENING) {
      return;
    }
    AnswerWatch.Fate fate = answer.fate();
    if (!isMeasured) {
      if (fate == AnswerWatch.Fate.MISSED) {
        tally.missedWarmingUp();
      }
      return;
    }
    switch (fate) {
      case ANSWERED ->
          tally.answered(silentSince, answer.answeredAt() - silentSince, answer.length());
      case EARLY -> tally.early();
      case MISSED -> tally.missed();
    }
  }
}
