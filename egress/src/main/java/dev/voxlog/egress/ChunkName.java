package dev.voxlog.egress;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which stretch of the agent's audio: `turn.sentence.chunk`, ordered as they are played.
record ChunkName(int turn, int sentence, int chunk) implements Comparable<ChunkName> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");
  private static final Comparator<ChunkName> ORDER =
      Comparator.comparingInt(ChunkName::turn)
          .thenComparingInt(ChunkName::sentence)
          .thenComparingInt(ChunkName::chunk);

  /// Reads what [#toString] wrote.
  static Optional<ChunkName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new ChunkName(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
        : Optional.empty();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  boolean isAfter(ChunkName other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(ChunkName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return turn + "." + sentence + "." + chunk;
  }
}
