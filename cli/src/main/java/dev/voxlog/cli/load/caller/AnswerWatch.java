package dev.voxlog.cli.load.caller;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the answer to a caller's line in what comes: the first that can be heard of a turn of the
/// agent's that began after the line was over, and was not taken back.
///
/// Which turn audio belongs to is told by the mark that follows it (`…/turn.sentence.chunk`).
/// Without such marks, what was being played when the line was over is taken to go on until a
/// `clear`. Times are nanoseconds of one clock. Confined to one thread.
final class AnswerWatch {
  private static final Pattern MARK = Pattern.compile("[^/]+/(\\d{1,9})\\.\\d+\\.\\d+");
  static final int UNKNOWN = -1;

  private static final long NONE = Long.MIN_VALUE;

  private boolean isOver;

  /// The last turn that a mark named.
  private int lastTurn = UNKNOWN;

  /// The last turn of which something came before the line was over.
  private int turnBefore = UNKNOWN;

  /// Whether audio has come of which no mark has told the turn.
  private boolean isUnnamed;

  /// Whether that was so when the line was over.
  private boolean isUnnamedBefore;

  /// Whether the agent was heard when the line was over, and has not been cleared.
  private boolean goesOn;

  /// Whether what was heard when the line began goes on.
  private boolean isPrevious;

  private boolean isEarly;
  private long answeredAt = NONE;
  private boolean isNamed;
  private long length;

  /// What became of a line.
  enum Fate {
    ANSWERED,
    /// The agent began before the line was over, and did not begin again.
    EARLY,
    MISSED
  }

  void lineBegins(boolean isAgentHeard) {
    isOver = false;
    isPrevious = isAgentHeard;
    isEarly = false;
    forget();
  }

  void lineEnds(boolean isAgentHeard) {
    isOver = true;
    turnBefore = lastTurn;
    isUnnamedBefore = isUnnamed;
    goesOn = isAgentHeard;
    forget();
  }

  /// Something that can be heard has come; when it will be, and whether the agent is until then.
  void audible(long at, boolean isAgentHeard) {
    isUnnamed = true;
    isPrevious &= isAgentHeard;
    if (!isOver) {
      isEarly |= !isPrevious;
    } else if (answeredAt == NONE) {
      answeredAt = at;
    }
  }

  /// So much has come, audible or not: the answer's, if there is one.
  void came(long nanos) {
    if (answeredAt != NONE) {
      length += nanos;
    }
  }

  /// How much audio the answer has had so far.
  long length() {
    return length;
  }

  /// Gives the turn that the mark names; [#UNKNOWN] if it names none.
  int mark(String name) {
    Matcher matcher = MARK.matcher(name);
    if (!matcher.matches()) {
      return UNKNOWN;
    }
    int turn = Integer.parseInt(matcher.group(1));
    lastTurn = Math.max(lastTurn, turn);
    isUnnamed = false;
    if (isOver && isUnnamedBefore) {
      turnBefore = Math.max(turnBefore, turn);
      isUnnamedBefore = false;
    }
    if (answeredAt != NONE && !isNamed) {
      if (turn > turnBefore) {
        isNamed = true;
      } else {
        forget();
      }
    }
    return turn;
  }

  /// Of which turn the last is that has come; [#UNKNOWN] until its mark has.
  int turn() {
    return isUnnamed ? UNKNOWN : lastTurn;
  }

  /// All that was not played is taken back, if there was anything.
  void cleared(boolean isAgentHeard) {
    isUnnamed = false;
    isUnnamedBefore = false;
    goesOn = false;
    isPrevious = false;
    isEarly = false;
    if (isAgentHeard) {
      forget();
    }
  }

  private void forget() {
    answeredAt = NONE;
    isNamed = false;
    length = 0;
  }

  /// Whether something has come that may be the answer.
  boolean isAnswering() {
    return answeredAt != NONE;
  }

  /// As things stand, of a line that is over.
  Fate fate() {
    if (answeredAt != NONE && (isNamed || !goesOn)) {
      return Fate.ANSWERED;
    }
    return isEarly ? Fate.EARLY : Fate.MISSED;
  }

  /// When the answer was first heard, of a line that is answered.
  long answeredAt() {
    return answeredAt;
  }
}
