package dev.voxlog.stt.moonshine;

import java.util.List;

/// Notices that a decoder has fallen into a loop.
final class Repetition {
  private static final int LONGEST_PHRASE = 8;
  private static final int LEAST_TIMES = 5;

  /// Callers do say "no, no, no, no, no" and "zero zero zero zero zero".
  private static final int LEAST_TOKENS = 14;

  private Repetition() {}

  /// How many tokens to keep: all of them, or, where they end in one phrase over and over, up to
  /// its first time.
  static int soundLength(List<Integer> tokens) {
    for (int phrase = 1; phrase <= LONGEST_PHRASE; phrase++) {
      int looped = loopedTokens(tokens, phrase);
      if (looped >= Math.max(LEAST_TOKENS, LEAST_TIMES * phrase)) {
        return tokens.size() - looped + phrase;
      }
    }
    return tokens.size();
  }

  /// The tokens at the end that repeat what stands `phrase` tokens before them, with the first of
  /// these phrases.
  private static int loopedTokens(List<Integer> tokens, int phrase) {
    int at = tokens.size() - 1;
    while (at - phrase >= 0 && tokens.get(at).equals(tokens.get(at - phrase))) {
      at--;
    }
    int repeating = tokens.size() - 1 - at;
    return repeating == 0 ? 0 : repeating + phrase;
  }
}
