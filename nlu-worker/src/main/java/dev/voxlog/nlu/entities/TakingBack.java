package dev.voxlog.nlu.entities;

import dev.voxlog.text.Token;
import java.util.List;
import java.util.Set;

/// The words with which callers take back what they have just said: "no, sorry, it's", "I mean",
/// "not the".
final class TakingBack {
  private static final Set<String> SIGNS =
      Set.of(
          "no",
          "nope",
          "sorry",
          "correction",
          "mean",
          "meant",
          "rather",
          "actually",
          "wait",
          "oops",
          "whoops",
          "scratch",
          "mistake",
          "wrong",
          "should",
          "again",
          "start",
          "make");
  private static final Set<String> AROUND =
      Set.of(
          "i", "it's", "it", "is", "that's", "that", "was", "i'm", "uh", "um", "er", "oh", "ah",
          "well", "be", "my", "the", "number", "order", "excuse", "me", "of", "course", "over",
          "let", "so", "or", "a", "an", "but", "say", "said", "at", "on", "$", "€", "£");
  private static final Set<String> BEFORE_WHAT_IS_DENIED =
      Set.of("it's", "it", "is", "the", "a", "an", "number", "order", "on", "at", "for");
  private static final int MOST_BEFORE_WHAT_IS_DENIED = 2;

  /// "no, sorry, that was wrong, I mean it should be": more words than that begin something else.
  static final int MOST_BETWEEN = 12;

  private TakingBack() {}

  /// Whether the tokens from `from` on, `to` exclusive, take back what stands before them.
  static boolean isBetween(List<Token> tokens, int from, int to) {
    return to - from <= MOST_BETWEEN
        && tokens.subList(from, to).stream().anyMatch(token -> SIGNS.contains(token.text()))
        && isAll(tokens, from, to);
  }

  /// Whether no more than such words are there, or none.
  static boolean isAll(List<Token> tokens, int from, int to) {
    return tokens.subList(from, to).stream()
        .allMatch(token -> SIGNS.contains(token.text()) || AROUND.contains(token.text()));
  }

  /// Where the denial of what begins at a token begins: "not", "instead of", "rather than"; −1 if
  /// it is not denied.
  static int denial(List<Token> tokens, int at) {
    int before = at - 1;
    for (int n = 0; n < MOST_BEFORE_WHAT_IS_DENIED && isFiller(tokens, before); n++) {
      before--;
    }
    if (before < 0) {
      return -1;
    }
    if (before > 0
        && (tokens.get(before).is("of") && tokens.get(before - 1).is("instead")
            || tokens.get(before).is("than") && tokens.get(before - 1).is("rather"))) {
      return before - 1;
    }
    boolean isIdiom = before > 0 && tokens.get(before - 1).is("why", "if", "or", "whether");
    return tokens.get(before).is("not", "isn't", "wasn't") && !isIdiom ? before : -1;
  }

  private static boolean isFiller(List<Token> tokens, int at) {
    return at >= 0 && BEFORE_WHAT_IS_DENIED.contains(tokens.get(at).text());
  }
}
