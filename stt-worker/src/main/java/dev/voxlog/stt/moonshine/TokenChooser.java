package dev.voxlog.stt.moonshine;

import dev.voxlog.stt.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Picks the next token from its logits: the most likely one, or the most likely one the constraint
/// allows.
final class TokenChooser {
  /// e^−18 of the best is nothing, and most tokens are there.
  private static final float NEGLIGIBLE = 18;

  private static final float BAND = 4;

  private final Vocabulary vocabulary;
  private final Constraint constraint;

  /// A token and the natural logarithm of its probability among all tokens.
  record Choice(int token, double logProbability) {}

  TokenChooser(Vocabulary vocabulary, Constraint constraint) {
    this.vocabulary = vocabulary;
    this.constraint = constraint;
  }

  /// The next token after `tokens`. Where the constraint allows none, the end.
  Choice choose(float[] logits, List<Integer> tokens) {
    int token = best(logits);
    if (!(constraint instanceof Constraint.None) && !isAllowed(token, tokens)) {
      token = bestAllowed(logits, tokens);
    }
    return new Choice(token, logits[token] - logOfSum(logits));
  }

  /// The probability of a token among all.
  static double probability(float[] logits, int token) {
    return Math.exp(logits[token] - logOfSum(logits));
  }

  /// Only text and the end are ever chosen.
  private static int best(float[] logits) {
    int best = Vocabulary.END;
    for (int token = Vocabulary.END; token < Vocabulary.SIZE; token++) {
      best = logits[token] > logits[best] ? token : best;
    }
    return best;
  }

  /// Tries tokens from the most likely down, band by band: the allowed one is seldom far below, and
  /// most of the vocabulary is never put in order.
  private int bestAllowed(float[] logits, List<Integer> tokens) {
    float highest = logits[best(logits)];
    for (float width = BAND; highest > Float.NEGATIVE_INFINITY; width *= 2) {
      float below = highest - width;
      for (long ranked : ranked(logits, highest, below)) {
        int token = (int) ranked;
        if (isAllowed(token, tokens)) {
          return token;
        }
      }
      highest = below;
    }
    return Vocabulary.END;
  }

  /// Tokens with logits up to `highest` and above `below`, the most likely first, of equals the
  /// first: each is the low half of a number that sorts as its logit, turned round.
  private static long[] ranked(float[] logits, float highest, float below) {
    return IntStream.range(Vocabulary.END, Vocabulary.SIZE)
        .filter(token -> logits[token] <= highest && logits[token] > below)
        .mapToLong(token -> (long) ~sortable(logits[token]) << Integer.SIZE | token)
        .sorted()
        .toArray();
  }

  /// An integer with the order of the float.
  private static int sortable(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }

  private boolean isAllowed(int token, List<Integer> tokens) {
    if (token == Vocabulary.END) {
      return constraint.isComplete(vocabulary.text(tokens));
    }
    List<Integer> longer = new ArrayList<>(tokens);
    longer.add(token);
    return constraint.isViable(vocabulary.text(longer));
  }

  private static double logOfSum(float[] logits) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      if (logit > highest - NEGLIGIBLE) {
        sum += Math.exp(logit - highest);
      }
    }
    return highest + Math.log(sum);
  }
}
