package dev.voxlog.nlu.entities;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Amounts of money: "$42.50", "forty two dollars and fifty cents", "20 bucks". Values are decimal with two places.
final class Amounts {
  private Amounts() {}

  static List<Found> in(List<Token> tokens, List<NumberRun> runs) {
    List<Found> found = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      NumberRun run = runs.get(r);
      boolean hasSign = run.from() > 0 && tokens.get(run.from() - 1).is("$", "€", "£");
      boolean hasUnit = run.to() < tokens.size() && tokens.get(run.to()).is("dollar", "dollars", "bucks", "euros", "euro", "pounds");
      if (run.value() < 0 || !(hasSign || hasUnit)) {
        continue;
      }
      double value = run.value();
      int to = hasUnit ? run.to() + 1 : run.to();
      if (hasUnit && r + 1 < runs.size()) {
        NumberRun next = runs.get(r + 1);
        boolean isAdjacent = next.from() == to || next.from() == to + 1 && tokens.get(to).is("and");
        boolean isCents = next.to() < tokens.size() && tokens.get(next.to()).is("cents", "cent");
        if (isAdjacent && isCents && next.value() >= 0 && next.value() < 100) {
          value += next.value() / 100;
          to = next.to() + 1;
          r++;
        }
      }
      String amount = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString();
      found.add(new Found("amount", amount, hasSign ? run.from() - 1 : run.from(), to));
    }
    return found;
  }
}
