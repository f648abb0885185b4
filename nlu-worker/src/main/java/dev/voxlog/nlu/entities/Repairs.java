package dev.voxlog.nlu.entities;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import dev.voxlog.text.Correction;
import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes out of an utterance the digits that its caller takes back: "four five eight, no, seven,
/// one two" becomes four five seven one two, "not 45812, 45872" becomes 45872.
///
/// What is said anew begins where it makes a number of the length that is wanted; where no length
/// tells, only what is plain is taken back.
final class Repairs {
  private static final int FEWEST_OF_A_NUMBER = 3;
  private static final int SHORTEST_PHONE = 7;
  private static final int LONGEST_TIME = 4;

  /// Nobody takes back more in one breath; each has the whole utterance read anew.
  private static final int MOST_REPAIRS = 16;

  /// Two numbers said one after the other are no longer, in tokens.
  private static final int LONGEST_PAIR = 40;

  private final String text;
  private final Answer awaited;
  private final int length;
  private final List<Token> tokens;
  private final List<Entity> corrections = new ArrayList<>();
  private final Set<Token> reckoned = new HashSet<>();

  private Repairs(String text, Answer awaited, int length) {
    this.text = text;
    this.awaited = awaited;
    this.length = length;
    this.tokens = new ArrayList<>(Token.of(text));
  }

  /// What is left of an utterance; `reckoned` are tokens that were put together from what was said
  /// before and after a correction, and may be meant otherwise.
  record Repaired(List<Token> tokens, List<Entity> corrections, Set<Token> reckoned) {}

  /// `length` is how many digits a number should have, or 0.
  static Repaired of(String text, Answer awaited, int length) {
    Repairs repairs = new Repairs(text, awaited, length);
    repairs.run();
    return new Repaired(
        List.copyOf(repairs.tokens),
        List.copyOf(repairs.corrections),
        Set.copyOf(repairs.reckoned));
  }

  private void run() {
    withoutSighs();
    for (int left = MOST_REPAIRS; left > 0 && (isOneDenied() || isOneMended()); left--) {}
    if (isAwaited()) {
      List<Corrections.Placed> placed = Corrections.placed(tokens, runs());
      for (Corrections.Placed each : placed.reversed()) {
        corrections.addFirst(correction(each.value(), each.from(), each.to()));
        tokens.subList(each.from(), each.to()).clear();
      }
      if (corrections.isEmpty()) {
        leading();
      }
    }
  }

  private boolean isAwaited() {
    return awaited == Answer.DIGITS || awaited == Answer.CODE || awaited == Answer.YES_NO;
  }

  private List<NumberRun> runs() {
    return NumberRun.of(tokens, awaited == Answer.DIGITS || awaited == Answer.CODE);
  }

  private Entity correction(String value, int from, int to) {
    int start = tokens.get(from).start();
    int end = tokens.get(to - 1).end();
    return new Entity(Correction.KIND, value, text.substring(start, end), start, end, 1);
  }

  /// The "oh" of "oh no" is no zero.
  private void withoutSighs() {
    for (int at = tokens.size() - 2; at >= 0; at--) {
      Token next = tokens.get(at + 1);
      boolean isSpokenAsOne = next.start() == tokens.get(at).end() + 1;
      if (tokens.get(at).is("oh") && next.is("no", "sorry", "wait") && isSpokenAsOne) {
        tokens.remove(at);
      }
    }
  }

  // "not one two, seven two"

  private boolean isOneDenied() {
    List<NumberRun> runs = runs();
    for (int r = 0; r < runs.size(); r++) {
      NumberRun run = runs.get(r);
      int denial = TakingBack.denial(tokens, run.from());
      boolean isPlain = isAwaited() || run.digits().length() >= FEWEST_OF_A_NUMBER;
      if (denial >= 0 && isPlain && !hasUnit(run)) {
        deny(denial, runs, r);
        return true;
      }
    }
    return false;
  }

  private void deny(int denial, List<NumberRun> runs, int which) {
    NumberRun denied = half(runs.get(which));
    NumberRun rest = runs.get(which);
    String instead = "";
    int until = denied.to();
    if (denied.to() < rest.to()) {
      instead = rest.digits().substring(denied.digits().length());
    } else if (which + 1 < runs.size()
        && TakingBack.isAll(tokens, rest.to(), runs.get(which + 1).from())) {
      instead = runs.get(which + 1).digits();
      until = runs.get(which + 1).from();
    } else if (which > 0 && TakingBack.isAll(tokens, runs.get(which - 1).to(), denial)) {
      instead = runs.get(which - 1).digits();
    }
    boolean isPart = instead.length() == denied.digits().length();
    corrections.add(
        correction(
            new Correction(denied.digits(), isPart ? instead : "").value(), denial, denied.to()));
    tokens.subList(denial, until).clear();
  }

  /// The first half of what may be two numbers without a word between, else all of it.
  private NumberRun half(NumberRun run) {
    int half = run.digits().length() / 2;
    if (2 * half != run.digits().length() || run.to() - run.from() > LONGEST_PAIR) {
      return run;
    }
    for (int to = run.from() + 1; to < run.to(); to++) {
      List<NumberRun> first = NumberRun.of(tokens.subList(run.from(), to), true);
      boolean isHalf =
          first.size() == 1
              && first.getFirst().digits().length() == half
              && run.digits().startsWith(first.getFirst().digits());
      if (isHalf && (half == length || isOnlyPauseAt(run, to))) {
        return new NumberRun(run.from(), to, first.getFirst().digits(), -1);
      }
    }
    return run;
  }

  private boolean isOnlyPauseAt(NumberRun run, int to) {
    for (int at = run.from() + 1; at < run.to(); at++) {
      if (isPauseBefore(at) != (at == to)) {
        return false;
      }
    }
    return true;
  }

  private boolean isPauseBefore(int at) {
    return text.substring(tokens.get(at - 1).end(), tokens.get(at).start())
        .chars()
        .anyMatch(each -> ",.;:!?".indexOf(each) >= 0);
  }

  // "four five eight, no, seven, one two"

  private boolean isOneMended() {
    List<NumberRun> runs = runs();
    for (int r = 1; r < runs.size(); r++) {
      NumberRun before = runs.get(r - 1);
      NumberRun after = runs.get(r);
      boolean isTakenBack =
          TakingBack.isBetween(tokens, before.to(), after.from())
              && !isSpelledBetween(before.to(), after.from());
      int kept = isTakenBack ? kept(before, after) : -1;
      if (kept >= 0) {
        mend(before, after, kept);
        return true;
      }
    }
    return false;
  }

  /// Whether a code begins anew with "a" or "I".
  private boolean isSpelledBetween(int from, int to) {
    return awaited == Answer.CODE
        && tokens.subList(from, to).stream().anyMatch(token -> token.is("a", "i"));
  }

  private void mend(NumberRun before, NumberRun after, int kept) {
    List<Token> takenBack = tokens.subList(before.from(), after.from());
    boolean isPart =
        isAwaited()
            && kept == 0
            && before.digits().length() == after.digits().length()
            && after.digits().length() != length;
    if (isPart) {
      corrections.add(
          correction(
              new Correction(before.digits(), after.digits()).value(), before.from(), after.to()));
    }
    int start = tokens.get(before.from()).start();
    int end = tokens.get(before.to() - 1).end();
    takenBack.clear();
    if (kept > 0) {
      Token rest = new Token(before.digits().substring(0, kept), start, end);
      tokens.add(before.from(), rest);
      reckoned.add(rest);
    }
  }

  /// How many of the digits said before stay; −1 if it is not plain what is taken back.
  private int kept(NumberRun before, NumberRun after) {
    int had = before.digits().length();
    int said = after.digits().length();
    if (!areDigits(before, after)) {
      return before.value() >= 0 && after.value() >= 0 && had != length ? 0 : -1;
    }
    if (length == 0 || awaited == Answer.CODE) {
      return keptWithoutLength(had, said, after);
    }
    int tooMany = had + said - length;
    if (said == length) {
      return 0;
    }
    if (tooMany == 0) {
      // As many as there should be: a pause.
      return had;
    }
    if (said > length || !isLast(after)) {
      return -1;
    }
    if (tooMany > 0) {
      return had - tooMany;
    }
    boolean isFromTheStart =
        said == had || said > 1 && after.digits().charAt(0) == before.digits().charAt(0);
    return isFromTheStart ? 0 : had - 1;
  }

  private int keptWithoutLength(int had, int said, NumberRun after) {
    if (said == had) {
      return 0;
    }
    if (!isLast(after)) {
      return -1;
    }
    return said == 1 ? had - 1 : had >= SHORTEST_PHONE && said < had ? had - said : -1;
  }

  /// Whether they are digits rather than times, amounts or counts.
  private boolean areDigits(NumberRun before, NumberRun after) {
    boolean isTime =
        before.from() > 0
            && tokens.get(before.from() - 1).is("at", "around", "by", "before", "after")
            && before.digits().length() <= LONGEST_TIME;
    int longest = Math.max(before.digits().length(), after.digits().length());
    return !hasUnit(after) && (isAwaited() || longest >= FEWEST_OF_A_NUMBER && !isTime);
  }

  private boolean hasUnit(NumberRun run) {
    boolean hasSign = run.from() > 0 && tokens.get(run.from() - 1).is("$", "€", "£");
    return hasSign
        || run.to() < tokens.size()
            && tokens
                .get(run.to())
                .is(
                    "dollars", "dollar", "euros", "euro", "pounds", "bucks", "cents", "percent",
                    "%", "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "o'clock", "oclock", "days",
                    "weeks", "hours", "minutes");
  }

  /// Whether nothing follows that may be counted by it.
  private boolean isLast(NumberRun run) {
    return run.to() >= tokens.size()
        || isPauseBefore(run.to())
        || tokens.get(run.to()).is("please", "thanks", "thank", "not", "instead", "and");
  }

  // "no, seven, one two" after what an earlier utterance said

  private void leading() {
    List<NumberRun> runs = runs();
    if (runs.size() != 1) {
      return;
    }
    NumberRun run = runs.getFirst();
    boolean isPart = length == 0 || run.digits().length() < length;
    if (isPart && TakingBack.isBetween(tokens, 0, run.from()) && isLast(run) && !hasUnit(run)) {
      corrections.add(correction(new Correction("", run.digits()).value(), 0, run.to()));
    }
  }
}
