package dev.voxlog.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of tokens that says digits or a number: "four eight double two", "forty eight
/// thousand", "48213".
///
/// `digits` is how it would be keyed in; `value` is the number when the stretch is a single one,
/// else −1. `from` and `to` are token positions, `to` exclusive.
public record NumberRun(int from, int to, String digits, double value) {

  /// All runs of a sentence, in order. `isDigitsExpected` lets words that sound like digits count
  /// even at the run's edges.
  public static List<NumberRun> of(List<Token> tokens, boolean isDigitsExpected) {
    List<NumberRun> runs = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      Reader reader = new Reader(tokens, at, isDigitsExpected);
      NumberRun run = reader.read();
      if (run != null) {
        runs.add(run);
      }
      // Whoever began later in what is no number would stop where this reader did.
      at = Math.max(reader.at, at + 1);
    }
    return runs;
  }

  /// The run that begins at a token, of those of a sentence in order; null if none does.
  public static @Nullable NumberRun at(List<NumberRun> runs, int token) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).from < token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < runs.size() && runs.get(low).from == token ? runs.get(low) : null;
  }

  /// Whether the token may be the "one" of "that one", which is no number.
  public static boolean isPronoun(List<Token> tokens, int at) {
    return at > 0
        && tokens.get(at).is("one")
        && tokens
            .get(at - 1)
            .is("this", "that", "which", "the", "other", "another", "last", "next");
  }

  /// Reads one run from a starting token.
  private static final class Reader {
    private final List<Token> tokens;
    private final int from;
    private final boolean isDigitsExpected;
    private final StringBuilder digits = new StringBuilder();
    private int at;
    private int parts;
    private double lastValue = -1;
    private boolean hasNumber;

    Reader(List<Token> tokens, int from, boolean isDigitsExpected) {
      this.tokens = tokens;
      this.from = from;
      this.at = from;
      this.isDigitsExpected = isDigitsExpected;
    }

    @Nullable NumberRun read() {
      while (at < tokens.size() && part()) {
        parts++;
        skipHesitation();
      }
      // Words that only sound like digits are no number among themselves.
      return !hasNumber
          ? null
          : new NumberRun(from, at, digits.toString(), parts == 1 ? lastValue : -1);
    }

    /// "four five, uh, eight" is one number, and so is "45/871".
    private void skipHesitation() {
      boolean isHesitation =
          at < tokens.size() && tokens.get(at).is("uh", "um", "er", "dash", "then", "/");
      if (isHesitation && isFollowedByDigit()) {
        at++;
      }
    }

    private boolean part() {
      Token token = tokens.get(at);
      if (token.isNumeral() || isDigitsExpected && token.isClock()) {
        return numeral(token);
      }
      int times = NumberWords.multiple(token.text());
      if (times > 0 && at + 1 < tokens.size()) {
        return repeated(times);
      }
      return severalOf(token) || cardinal() || soundAlike(token);
    }

    private boolean numeral(Token token) {
      String plain = token.text().replace(",", "").replace(":", "");
      lastValue = Double.parseDouble(plain);
      // Recognisers write spelled digits as "4.5.8." too; for an amount the value counts.
      digits.append(plain.replace(".", ""));
      hasNumber = true;
      at++;
      return true;
    }

    private boolean repeated(int times) {
      Token next = tokens.get(at + 1);
      int digit =
          next.isNumeral() && next.text().length() == 1
              ? Integer.parseInt(next.text())
              : NumberWords.digit(next.text());
      if (digit < 0) {
        return false;
      }
      digits.append(Integer.toString(digit).repeat(times));
      hasNumber = true;
      lastValue = -1;
      at += 2;
      return true;
    }

    /// "four ones", "three zeros".
    private boolean severalOf(Token token) {
      int times = NumberWords.digit(token.text());
      int digit = at + 1 < tokens.size() ? NumberWords.plural(tokens.get(at + 1).text()) : -1;
      if (times < 2 || digit < 0) {
        return false;
      }
      digits.append(Integer.toString(digit).repeat(times));
      hasNumber = true;
      lastValue = -1;
      at += 2;
      return true;
    }

    private boolean soundAlike(Token token) {
      int digit = NumberWords.soundAlike(token.text());
      boolean isFollowed = at + 1 < tokens.size() && mayBeDigit(tokens.get(at + 1));
      boolean isInside = parts > 0 && isFollowed;
      if (digit < 0 || !(isInside || isDigitsExpected && (parts > 0 || isFollowed))) {
        return false;
      }
      digits.append(digit);
      lastValue = digit;
      at++;
      return true;
    }

    private boolean mayBeDigit(Token token) {
      return isDigit(token) || isDigitsExpected && NumberWords.soundAlike(token.text()) >= 0;
    }

    private static boolean isDigit(Token token) {
      return token.isNumeral()
          || NumberWords.isNumber(token.text())
          || NumberWords.digit(token.text()) >= 0;
    }

    /// One spoken number: a digit, a teen, tens and ones, hundreds, thousands.
    private boolean cardinal() {
      long below = belowHundred();
      if (below < 0) {
        return false;
      }
      String leading = below == 0 ? "0" : "";
      long value = hundreds(below);
      if (value == 0) {
        digits.append(leading);
      } else {
        digits.append(value);
      }
      lastValue = value;
      hasNumber = true;
      return true;
    }

    private long hundreds(long below) {
      long value = below;
      if (below > 0 && takes("hundred")) {
        value = below * 100 + rest();
      }
      if (value > 0 && takes("thousand")) {
        value *= 1000;
        long rest = rest();
        value += rest > 0 && rest < 100 && takes("hundred") ? rest * 100 + rest() : rest;
      }
      return value;
    }

    /// What follows a hundred or a thousand, "and" allowed; 0 when nothing does, or when digits are
    /// being spelled after it, as in "eight hundred five five five".
    private long rest() {
      int before = at;
      boolean isJoined = takes("and");
      long below = belowHundred();
      boolean isSpelled =
          !isJoined
              && below < 10
              && at < tokens.size()
              && NumberWords.digit(tokens.get(at).text()) >= 0;
      if (below < 0 || isSpelled) {
        at = before;
        return 0;
      }
      return below;
    }

    private long belowHundred() {
      if (at >= tokens.size()) {
        return -1;
      }
      String word = tokens.get(at).text();
      int digit = NumberWords.digit(word);
      int small = digit >= 0 ? digit : NumberWords.teen(word);
      if (small >= 0) {
        boolean isLoneO =
            (word.equals("o") || word.equals("oh"))
                && parts == 0
                && !isDigitsExpected
                && !isFollowedByDigit();
        boolean isLonePronoun = parts == 0 && isPronoun(tokens, at) && !isFollowedByDigit();
        if (isLoneO || isLonePronoun) {
          return -1;
        }
        at++;
        return small;
      }
      if (isOneOf(word)) {
        return 1;
      }
      int tens = NumberWords.tens(word);
      if (tens < 0) {
        return -1;
      }
      at++;
      int ones = at < tokens.size() ? NumberWords.digit(tokens.get(at).text()) : -1;
      if (ones > 0) {
        at++;
        return tens + ones;
      }
      return tens;
    }

    /// "a" in "a hundred" is a one.
    private boolean isOneOf(String word) {
      boolean isOne =
          word.equals("a")
              && at + 1 < tokens.size()
              && tokens.get(at + 1).is("hundred", "thousand");
      at += isOne ? 1 : 0;
      return isOne;
    }

    private boolean isFollowedByDigit() {
      int next = at + 1;
      boolean isMultiple =
          next + 1 < tokens.size() && NumberWords.multiple(tokens.get(next).text()) > 0;
      return isMultiple
          ? isDigit(tokens.get(next + 1))
          : next < tokens.size() && isDigit(tokens.get(next));
    }

    private boolean takes(String word) {
      if (at < tokens.size() && tokens.get(at).is(word)) {
        at++;
        return true;
      }
      return false;
    }
  }
}
