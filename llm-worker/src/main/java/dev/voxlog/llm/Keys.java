package dev.voxlog.llm;

/// The digits a caller is typing.
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
    if (!isAwaited
        || key.length() != 1
        || !Character.isDigit(key.charAt(0))
        || typed.length() >= MOST) {
      return Press.NONE;
    }
    typed.append(key);
    return typed.length() == length ? Press.WHOLE : Press.MORE;
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
