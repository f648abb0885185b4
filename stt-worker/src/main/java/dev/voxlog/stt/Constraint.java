package dev.voxlog.stt;

/// What words an answer can consist of. A recogniser takes only tokens that keep the text
/// [#isViable], and ends only where it [#isComplete].
public sealed interface Constraint {
  /// Anything may be said.
  static Constraint none() {
    return new None();
  }

  /// Digits of any number.
  static Constraint digits() {
    return digits(1, Integer.MAX_VALUE);
  }

  /// At least `min` and at most `max` digits, said one by one: words (zero, oh, o, one … nine),
  /// "double" and "triple" before one, or written figures, with commas, hyphens, full stops and
  /// spaces between.
  static Constraint digits(int min, int max) {
    return new Characters(Spelling.DIGITS, min, max);
  }

  /// At least `min` and at most `max` letters and digits: digits as in [#digits(int, int)], letters
  /// alone, as the words that stand for them (alpha, bravo …), or in capitals, as in "AB-12".
  static Constraint code(int min, int max) {
    return new Characters(Spelling.CODE, min, max);
  }

  /// Whether the text is, or may grow into, an allowed one.
  boolean isViable(String text);

  /// Whether the text is an allowed one.
  boolean isComplete(String text);

  /// See [Constraint#none()].
  record None() implements Constraint {
    @Override
    public boolean isViable(String text) {
      return true;
    }

    @Override
    public boolean isComplete(String text) {
      return true;
    }
  }

  /// What is said character by character, see [Constraint#digits(int, int)] and
  /// [Constraint#code(int, int)].
  final class Characters implements Constraint {
    private final Spelling spelling;
    private final int min;
    private final int max;

    private Characters(Spelling spelling, int min, int max) {
      if (min < 1 || max < min) {
        throw new IllegalArgumentException(
            "characters from " + min + " to " + max + ": give 1 ≤ min ≤ max");
      }
      this.spelling = spelling;
      this.min = min;
      this.max = max;
    }

    @Override
    public boolean isViable(String text) {
      CharacterCount count = CharacterCount.of(spelling, text);
      return count.isViable() && count.atLeast() <= max;
    }

    @Override
    public boolean isComplete(String text) {
      CharacterCount count = CharacterCount.of(spelling, text);
      return count.isComplete() && count.atLeast() >= min && count.atLeast() <= max;
    }
  }
}
