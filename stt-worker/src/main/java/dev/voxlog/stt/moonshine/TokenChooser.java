package dev.voxlog.stt.moonshine;

import dev.voxlog.stt.Constraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Picks the next token from its logits: the most likely one, or the most likely one the constraint
/// allows.
final class TokenChooser {
  /// e^−18 of the best is nothing, and most tokens are there.
  private static final float NEGLIGIBLE = 18;

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

  /// Tries tokens from the most likely down: the allowed one is seldom far, and each try costs a
  /// text.
  private int bestAllowed(float[] logits, List<Integer> tokens) {
    long[] ranked = new long[Vocabulary.SIZE - Vocabulary.END];
    for (int i = 0; i < ranked.length; i++) {
      // Sorts as the logit, and holds the token below it.
      ranked[i] = (long) sortable(logits[Vocabulary.END + i]) << Integer.SIZE | i;
    }
    Arrays.sort(ranked);
    for (int i = ranked.length - 1; i >= 0; i--) {
      int token = Vocabulary.END + (int) ranked[i];
      if (logits[token] > Float.NEGATIVE_INFINITY && isAllowed(token, tokens)) {
        return token;
      }
    }
    return Vocabulary.END;
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
