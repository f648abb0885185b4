package dev.voxlog.text;

import java.util.regex.Pattern;

/// What is not kept, and the words that stand for it: they can be spoken, understood, and shown to
/// a language model.
public enum MaskKind {
  CARD("[card number]"),
  /// More digits than anything has that may be said; it may be a card's number that was misheard.
  LONG_NUMBER("[long number]"),
  SECURITY_CODE("[security code]"),
  SOCIAL_SECURITY_NUMBER("[social security number]"),
  IBAN("[bank account number]");

  static final Pattern WORDS =
      Pattern.compile(
          "\\[(?:card number|long number|security code|social security number|bank account number)]");

  private final String words;

  MaskKind(String words) {
    this.words = words;
  }

  /// Whether something of the text is masked.
  public static boolean isIn(String text) {
    return WORDS.matcher(text).find();
  }

  public String words() {
    return words;
  }
}
