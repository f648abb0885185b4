package dev.voxlog.agent.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant to write.
final class Closest {
  private Closest() {}

  /// The candidate nearest to `written` by edit distance, if it is near at all.
  static Optional<String> to(String written, Collection<String> candidates) {
    int farthest = Math.max(1, written.length() / 3);
    return candidates.stream()
        .filter(each -> distance(written, each) <= farthest)
        .min(Comparator.comparingInt((String each) -> distance(written, each)).thenComparing(each -> each));
  }

  /// "did you mean x?" or, when nothing is near, what there is to choose from.
  static String fix(String written, Collection<String> candidates) {
    String choice = candidates.isEmpty() ? "there is none yet" : "there is " + String.join(", ", candidates.stream().sorted().toList());
    return to(written, candidates).map(near -> "did you mean " + near + "?").orElse(choice);
  }

  private static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int above = row[column];
        int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        row[column] = Math.min(changed, Math.min(above, row[column - 1]) + 1);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
