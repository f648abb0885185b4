package dev.voxlog.stt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    return new Digits(min, max);
  }

  /// Texts that match a regular expression, upper and lower case alike.
  ///
  /// @throws java.util.regex.PatternSyntaxException if it is none
  static Constraint code(String regex) {
    return new Code(Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
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

  /// See [Constraint#digits(int, int)].
  record Digits(int min, int max) implements Constraint {
    public Digits {
      if (min < 1 || max < min) {
        throw new IllegalArgumentException(
            "digits from " + min + " to " + max + ": give 1 ≤ min ≤ max");
      }
    }

    @Override
    public boolean isViable(String text) {
      DigitCount count = DigitCount.of(text);
      return count.isViable() && count.atLeast() <= max;
    }

    @Override
    public boolean isComplete(String text) {
      DigitCount count = DigitCount.of(text);
      return count.isComplete() && count.atLeast() >= min && count.atLeast() <= max;
    }
  }

  /// See [Constraint#code(String)].
  record Code(Pattern pattern) implements Constraint {
    @Override
    public boolean isViable(String text) {
      Matcher matcher = pattern.matcher(text.strip());
      return matcher.matches() || matcher.hitEnd();
    }

    @Override
    public boolean isComplete(String text) {
      return pattern.matcher(text.strip()).matches();
    }
  }
}
