package dev.voxlog.llm;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;

/// A word that nobody would say, put into what a model is told and is not to repeat: a sentence
/// with it is the model's instructions being told. Another one in every process.
final class Canary {
  private static final int BITS = 80;

  static final String MARK = "vx" + new BigInteger(BITS, new SecureRandom()).toString(36);

  private Canary() {}

  /// What the text spells: its letters and figures.
  static String spelled(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /// Whether it is in what a text spells, backwards as well.
  static boolean isIn(String spelled) {
    return spelled.contains(MARK) || spelled.contains(new StringBuilder(MARK).reverse());
  }
}
