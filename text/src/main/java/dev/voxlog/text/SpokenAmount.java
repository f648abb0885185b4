package dev.voxlog.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/// An amount of money as it is said where one is asked for, without its currency: "forty-nine
/// fifty" and "twelve oh nine" are 49.50 and 12.09.
public final class SpokenAmount {
  private static final int PLACES = 2;
  private static final int FEWEST_CENTS_SAID_ALONE = 10;

  private SpokenAmount() {}

  /// The amount with two decimals; empty where the words say no number, or several.
  public static Optional<BigDecimal> in(String text) {
    List<Token> tokens = Token.of(text);
    List<NumberRun> runs = NumberRun.of(tokens, false);
    if (runs.size() != 1) {
      return Optional.empty();
    }
    NumberRun run = runs.getFirst();
    return run.value() >= 0
        ? Optional.of(amount(run.value(), 0))
        : inTwoParts(tokens.subList(run.from(), run.to()));
  }

  private static Optional<BigDecimal> inTwoParts(List<Token> tokens) {
    for (int at = 1; at < tokens.size(); at++) {
      double whole = number(tokens.subList(0, at));
      double cents = cents(tokens.subList(at, tokens.size()));
      if (whole >= 0 && whole == Math.rint(whole) && cents >= 0) {
        return Optional.of(amount(whole, cents));
      }
    }
    return Optional.empty();
  }

  private static double cents(List<Token> tokens) {
    boolean hasZero = tokens.size() == 2 && tokens.getFirst().is("oh", "o", "zero", "0");
    double cents = number(hasZero ? tokens.subList(1, 2) : tokens);
    boolean isFew = cents < FEWEST_CENTS_SAID_ALONE;
    return cents < 100 && cents == Math.rint(cents) && isFew == hasZero ? cents : -1;
  }

  /// The one number that all of the tokens say, or −1.
  private static double number(List<Token> tokens) {
    List<NumberRun> runs = NumberRun.of(tokens, false);
    boolean isAll =
        runs.size() == 1 && runs.getFirst().from() == 0 && runs.getFirst().to() == tokens.size();
    return isAll ? runs.getFirst().value() : -1;
  }

  private static BigDecimal amount(double whole, double cents) {
    return BigDecimal.valueOf(whole)
        .add(BigDecimal.valueOf(cents).movePointLeft(PLACES))
        .setScale(PLACES, RoundingMode.HALF_UP);
  }
}
