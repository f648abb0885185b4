package dev.voxlog.cli.call;

import java.util.List;
import java.util.regex.Pattern;

/// Numbers as they stand in words: single digits that belong together are one number.
final class Digits {
  private static final Pattern RUN = Pattern.compile("\\d(?:[ ,-]{0,2}\\d)*");

  private Digits() {}

  /// `I have order 1 2 3 4 5, right?` has `12345`.
  static List<String> runs(String text) {
    return RUN.matcher(text).results().map(run -> run.group().replaceAll("\\D", "")).toList();
  }

  static String only(String text) {
    return text.replaceAll("\\D", "");
  }

  /// The same number, the national prefix 1 set aside.
  static boolean same(String one, String other) {
    return national(only(one)).equals(national(only(other)));
  }

  private static String national(String digits) {
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }
}
