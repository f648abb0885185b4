package dev.voxlog.agent.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant to write.
public final class Closest {
  private Closest() {}

  /// The candidate nearest to `written` by edit distance, if it is near at all.
  public static Optional<String> to(String written, Collection<String> candidates) {
    int farthest = Math.max(1, written.length() / 3);
    return candidates.stream()
        .filter(each -> distance(written, each) <= farthest)
        .min(
            Comparator.comparingInt((String each) -> distance(written, each))
                .thenComparing(each -> each));
  }

  /// "did you mean x?" or, when nothing is near, what there is to choose from.
  static String fix(String written, Collection<String> candidates) {
    String choice =
        candidates.isEmpty()
            ? "there is none yet"
            : "there is " + String.join(", ", candidates.stream().sorted().toList());
    return to(written, candidates).map(near -> "did you mean " + near + "?").orElse(choice);
  }

  /// Optimal string alignment: a swap of neighbours counts once.
  private static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        cost[row][column] =
            row == 0 || column == 0 ? row + column : cheapest(from, to, cost, row, column);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(String from, String to, int[][] cost, int row, int column) {
    boolean same = from.charAt(row - 1) == to.charAt(column - 1);
    int changed = cost[row - 1][column - 1] + (same ? 0 : 1);
    int least = Math.min(changed, Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
    boolean swapped =
        row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1);
    return swapped ? Math.min(least, cost[row - 2][column - 2] + 1) : least;
  }
}
