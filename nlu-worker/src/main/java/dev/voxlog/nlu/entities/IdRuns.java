package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.List;

/// Reads runs of digits so that they make an id where, by its length, only that makes one: "another
/// one, six six three three four" says no 1, and "eight or seven six eight" is how "eight oh seven
/// six eight" is heard.
///
/// @param lengths of the agent's ids, in digits
record IdRuns(List<Integer> lengths) {
  private static final int FEWEST_DIGITS = 3;

  IdRuns {
    lengths = List.copyOf(lengths);
  }

  List<NumberRun> in(List<Token> tokens, List<NumberRun> runs) {
    List<NumberRun> read = new ArrayList<>();
    for (NumberRun given : runs) {
      NumberRun run = withoutPronoun(tokens, given);
      NumberRun before = read.isEmpty() ? null : read.getLast();
      if (before != null && isOneIdOverOr(tokens, before, run)) {
        read.removeLast();
        run = new NumberRun(before.from(), run.to(), overOr(before, run), -1);
      }
      read.add(run);
    }
    return read;
  }

  /// The one length that all ids have, else 0.
  int onlyLength() {
    return lengths.size() == 1 ? lengths.getFirst() : 0;
  }

  boolean isWhole(String digits) {
    return lengths.contains(digits.length());
  }

  /// Whether a digit is missing, or there is one too many.
  boolean isNearly(String digits) {
    int length = digits.length();
    return length >= FEWEST_DIGITS
        && !isWhole(digits)
        && (lengths.contains(length + 1) || lengths.contains(length - 1));
  }

  private NumberRun withoutPronoun(List<Token> tokens, NumberRun run) {
    boolean isPronoun = run.from() > 0 && NumberRun.isPronoun(tokens, run.from());
    String rest = run.digits().substring(1);
    return isPronoun && !isWhole(run.digits()) && isWhole(rest)
        ? new NumberRun(run.from() + 1, run.to(), rest, -1)
        : run;
  }

  private boolean isOneIdOverOr(List<Token> tokens, NumberRun before, NumberRun run) {
    return before.to() == run.from() - 1
        && tokens.get(before.to()).is("or")
        && isWhole(overOr(before, run));
  }

  private static String overOr(NumberRun before, NumberRun run) {
    return before.digits() + "0" + run.digits();
  }
}
