package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Amounts of money: "$42.50", "forty two dollars and fifty cents", "20 bucks". Values are decimal
/// with two places.
final class Amounts {
  private Amounts() {}

  static List<Found> in(List<Token> tokens, List<NumberRun> runs) {
    List<Found> found = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      NumberRun run = runs.get(r);
      boolean hasSign = run.from() > 0 && tokens.get(run.from() - 1).is("$", "€", "£");
      boolean hasUnit =
          isAt(tokens, run.to(), "dollar", "dollars", "bucks", "euros", "euro", "pounds");
      if (run.value() < 0 || Double.isInfinite(run.value())) {
        continue;
      }
      if (hasSign || hasUnit) {
        int to = hasUnit ? run.to() + 1 : run.to();
        NumberRun cents = hasUnit ? cents(tokens, runs, r, to) : null;
        double value = cents == null ? run.value() : run.value() + cents.value() / 100;
        to =
            cents == null
                ? to
                : isAt(tokens, cents.to(), "cents", "cent") ? cents.to() + 1 : cents.to();
        r += cents == null ? 0 : 1;
        found.add(amount(value, hasSign ? run.from() - 1 : run.from(), to));
      } else if (isAt(tokens, run.to(), "cents", "cent")) {
        found.add(amount(run.value() / 100, run.from(), run.to() + 1));
      }
    }
    return found;
  }

  /// "and fifty cents", "fifty cents", "fifty" right after the dollars.
  private static @Nullable NumberRun cents(
      List<Token> tokens, List<NumberRun> runs, int dollars, int to) {
    if (dollars + 1 >= runs.size()) {
      return null;
    }
    NumberRun next = runs.get(dollars + 1);
    boolean isAdjacent = next.from() == to || next.from() == to + 1 && tokens.get(to).is("and");
    boolean isNamed = isAt(tokens, next.to(), "cents", "cent");
    boolean isLast = next.to() == tokens.size();
    boolean isBare =
        (next.from() == to || isLast)
            && next.value() >= 10
            && !isAt(tokens, next.to(), "dollar", "dollars", "euros", "pounds", "bucks");
    return isAdjacent && (isNamed || isBare) && next.value() >= 0 && next.value() < 100
        ? next
        : null;
  }

  private static boolean isAt(List<Token> tokens, int at, String... words) {
    return at < tokens.size() && tokens.get(at).is(words);
  }

  private static Found amount(double value, int from, int to) {
    return new Found(
        "amount",
        BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString(),
        from,
        to);
  }
}
