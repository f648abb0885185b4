package dev.voxlog.cli.load;

/// Measures one caller's turns by what passes on the wire. Times are nanoseconds of one clock; what
/// the caller does counts from when it was due, what comes from when it came. Confined to one
/// thread.
///
/// A turn's overhead is from the first silent frame after a line to the first audible one that
/// comes. A barge-in is a line that begins while the agent is heard: it is cleared when the
/// carrier's buffer is, and the agent has yielded when nothing of it is heard any more.
final class TurnMeter {
  private final Tally tally;
  private final Playout playout = new Playout();
  private State state = State.BEFORE;
  private boolean isMeasured;
  private long silentSince;
  private boolean isBargeIn;
  private long bargedInAt;

  private enum State {
    /// Nothing was said yet.
    BEFORE,
    TALKING,
    /// The line is over and nothing was heard.
    WAITING,
    ANSWERED
  }

  TurnMeter(Tally tally) {
    this.tally = tally;
  }

  Playout playout() {
    return playout;
  }

  /// The first frame of a line was due.
  void lineBegins(long due, boolean measured, boolean isMeantAsBargeIn) {
    lastTurnOver();
    state = State.TALKING;
    isMeasured = measured;
    isBargeIn = isMeantAsBargeIn && playout.isPlaying(due);
    bargedInAt = due;
    if (isMeasured && isMeantAsBargeIn && !isBargeIn) {
      tally.bargedIntoSilence();
    }
    if (isMeasured && !isMeantAsBargeIn && playout.isPlaying(due)) {
      tally.talkedOver();
    }
  }

  /// The first silent frame after a line was due.
  void lineEnds(long due) {
    state = State.WAITING;
    silentSince = due;
  }

  /// Audio has come.
  void audio(long now, long nanos, boolean isAudible) {
    if (!playout.isPlaying(now)) {
      yielded(playout.endsAt());
    }
    long dry = playout.receive(now, nanos);
    if (state == State.ANSWERED && isMeasured && dry > 0) {
      tally.gap(dry);
    }
    if (state == State.WAITING && isAudible) {
      yielded(now);
      state = State.ANSWERED;
      if (isMeasured) {
        tally.answered(silentSince, now - silentSince);
      }
    }
  }

  /// The agent has had the buffer emptied.
  void cleared(long now) {
    if (isBargeIn && isMeasured) {
      tally.cleared(now - bargedInAt);
    }
    yielded(Math.min(now, playout.endsAt()));
    playout.clear(now);
  }

  private void yielded(long at) {
    if (isBargeIn) {
      isBargeIn = false;
      if (isMeasured) {
        tally.yielded(Math.max(0, at - bargedInAt));
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
    if (state == State.WAITING && isMeasured) {
      tally.missed();
    }
  }
}
