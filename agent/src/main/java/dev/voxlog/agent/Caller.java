package dev.voxlog.agent;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who calls, by the word of the carrier or of the edge that let the caller in: nothing that is
/// said or pressed in the call, and no language model, has a part in it. Null where nobody knows.
///
/// A phone number is the same however it is written, with its country's code; one without is
/// nobody's but its own. What carriers send in the place of a number that is hidden is no number.
public record Caller(@Nullable String number) {
  /// What is told where nobody knows who calls.
  public static final String ANONYMOUS = "anonymous";

  private static final Pattern PHONE = Pattern.compile("[+]?[0-9][0-9 ().-]*");
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e&&[^{}\"\\\\]]{1,128}");
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?:.*anonymous.*|restricted|blocked|private|withheld|unknown|unavailable|null|undefined)");

  /// The same words as Twilio spells them on the keypad.
  private static final Set<String> HIDDEN_IN_DIGITS =
      Set.of("266696687", "7378742833", "2562533", "7748283", "8656696", "86282452253");

  public static final Caller NOBODY = new Caller(null);

  /// From what the call's STARTED says.
  public static Caller of(@Nullable String from) {
    String number = from == null ? "" : normal(from);
    boolean isHidden =
        HIDDEN.matcher(number.toLowerCase(Locale.ROOT)).matches()
            || HIDDEN_IN_DIGITS.contains(number.replace("+", ""));
    return isHidden || !PLAIN.matcher(number).matches() ? NOBODY : new Caller(number);
  }

  /// Other names than phone numbers are taken as they are.
  private static String normal(String text) {
    String stripped = text.strip();
    if (!PHONE.matcher(stripped).matches()) {
      return stripped;
    }
    String digits = stripped.replaceAll("[ ().-]", "");
    return digits.startsWith("00") ? "+" + digits.substring(2) : digits;
  }

  public boolean isAnonymous() {
    return number == null;
  }

  /// Whether `other` names this caller; nobody is named by anything.
  public boolean is(String other) {
    return number != null && number.equals(normal(other));
  }

  /// As it is told to a tool.
  public String told() {
    return number == null ? ANONYMOUS : number;
  }
}
