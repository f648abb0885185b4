package dev.voxlog.llm;

import static dev.voxlog.schemas.CallEvent.Dtmf.WITHHELD;

/// The digits a caller is typing; some of them may be withheld until ingress tells them, or for
/// good.
final class Keys {
  private static final int MOST = 32;

  private final StringBuilder typed = new StringBuilder();

  /// What a key did to them.
  enum Press {
    /// One more digit, others may follow.
    MORE,
    /// That was the last one.
    WHOLE,
    /// It is no digit that was waited for.
    NONE
  }

  /// Takes a key. `length` digits are waited for, if `isAwaited`; 0 if any number of them, up to
  /// `#`.
  Press press(String key, boolean isAwaited, int length) {
    if (key.equals("#")) {
      return typed.isEmpty() ? Press.NONE : Press.WHOLE;
    }
    if (key.startsWith(WITHHELD) && key.length() > 1) {
      return tell(key.substring(1)) && isWhole(length) ? Press.WHOLE : Press.NONE;
    }
    boolean isDigit = key.equals(WITHHELD) || key.length() == 1 && Character.isDigit(key.charAt(0));
    if (!isAwaited || !isDigit || typed.length() >= MOST) {
      return Press.NONE;
    }
    typed.append(key);
    return isWhole(length) ? Press.WHOLE : Press.MORE;
  }

  /// Puts digits in the place of as many withheld ones; false if these are not what was typed last.
  private boolean tell(String digits) {
    int from = typed.length() - digits.length();
    boolean isWithheld =
        from >= 0 && typed.substring(from).equals(WITHHELD.repeat(digits.length()));
    if (isWithheld) {
      typed.replace(from, typed.length(), digits);
    }
    return isWithheld;
  }

  private boolean isWhole(int length) {
    return typed.length() == length && typed.indexOf(WITHHELD) < 0;
  }

  /// The one key that is told, if it is told of one alone while nothing is typed; else `key`.
  String alone(String key) {
    boolean isTold = key.length() == 2 && key.startsWith(WITHHELD) && typed.isEmpty();
    return isTold ? key.substring(1) : key;
  }

  /// Whether all of the digits are known.
  static boolean areTold(String digits) {
    return !digits.contains(WITHHELD);
  }

  boolean isEmpty() {
    return typed.isEmpty();
  }

  /// The digits so far; then there are none.
  String take() {
    String digits = typed.toString();
    typed.setLength(0);
    return digits;
  }
}
