package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Phone numbers, ids and codes: whatever must be heard character by character.
final class CodeRules {
  private static final Set<String> ALWAYS_DIGITS =
      Set.of(
          "code",
          "codes",
          "pin",
          "passcode",
          "ending",
          "extension",
          "ext",
          "zip",
          "password",
          "digits",
          "digit",
          "otp",
          "dial",
          "press");
  private static final Set<String> NAMES_AN_ID =
      Set.of(
          "order",
          "orders",
          "id",
          "ids",
          "account",
          "ticket",
          "reference",
          "ref",
          "confirmation",
          "tracking",
          "invoice",
          "case",
          "card",
          "number",
          "numbers",
          "member",
          "membership",
          "policy",
          "claim",
          "flight",
          "booking",
          "reservation",
          "serial",
          "room",
          "customer",
          "parcel",
          "package",
          "#");
  private static final Set<String> BETWEEN =
      Set.of("number", "no", "is", "was", "are", "id", "the", "in", "as", "with", "and", "it's");
  private static final Pattern CHUNK = Pattern.compile("[A-Za-z]+|\\d+");
  private static final int REACH = 4;

  private CodeRules() {}

  /// Whether an id may follow that this word names.
  static boolean namesAnId(String word) {
    return ALWAYS_DIGITS.contains(word) || NAMES_AN_ID.contains(word);
  }

  static List<Rule> rules() {
    return List.of(
        Rule.of(
            "(?:\\+?1[-. ])?\\(?(\\d{3})\\)?[-. ]\\s?(\\d{3})[-. ](\\d{4})",
            (match, _) -> phone(match.group())),
        Rule.of("\\d{3}[-.]\\d{4}", (match, _) -> phone(match.group())),
        Rule.of("\\+\\d{1,3}(?:[-. ]?\\d{2,4}){2,5}", (match, _) -> international(match.group())),
        Rule.of("(?:\\d{4}[- ]){3}\\d{4}", (match, _) -> phone(match.group())),
        Rule.of("\\d{3}-\\d{2}-\\d{4}", (match, _) -> phone(match.group())),
        Rule.of(
            "#?(?=[A-Z0-9/-]*\\d)(?=[0-9/-]*[A-Z])[A-Z0-9]+(?:[-/][A-Z0-9]+)*",
            (match, _) -> code(match.group())),
        Rule.of("#(\\d+)", CodeRules::hash),
        Rule.of("\\d+(?:-\\d+)+", CodeRules::dashed),
        Rule.of("\\d+", CodeRules::id));
  }

  private static List<String> phone(String written) {
    List<String> words = new ArrayList<>();
    if (written.startsWith("+")) {
      words.add("plus");
    }
    Matcher group = Pattern.compile("\\d+").matcher(written);
    boolean isFirst = true;
    while (group.find()) {
      if (!isFirst) {
        words.add(SpokenWord.PAUSE);
      }
      words.addAll(
          group.group().equals("800")
              ? NumberWords.cardinal("800")
              : NumberWords.digits(group.group()));
      isFirst = false;
    }
    return words;
  }

  private static List<String> international(String written) {
    if (written.matches("\\+\\d+")) {
      List<String> words = new ArrayList<>(List.of("plus"));
      words.addAll(NumberWords.groupedDigits(written.substring(1)));
      return words;
    }
    return phone(written);
  }

  /// Letters by name, digits one by one, a pause where letters and digits meet at a separator.
  private static List<String> code(String written) {
    List<String> words = new ArrayList<>();
    int end = 0;
    Matcher chunk = CHUNK.matcher(written);
    while (chunk.find()) {
      if (!words.isEmpty() && chunk.start() > end) {
        words.add(SpokenWord.PAUSE);
      }
      words.addAll(
          Character.isDigit(chunk.group().charAt(0))
              ? NumberWords.groupedDigits(chunk.group())
              : Letters.spelled(chunk.group()));
      end = chunk.end();
    }
    return words;
  }

  private static List<String> hash(MatchResult match, Rule.Context context) {
    String digits = match.group(1);
    List<String> words = new ArrayList<>();
    if (!context.wordBefore(1).equals("number")) {
      words.add("number");
    }
    words.addAll(
        digits.length() < 3 ? NumberWords.cardinal(digits) : NumberWords.groupedDigits(digits));
    return words;
  }

  private static List<String> dashed(MatchResult match, Rule.Context context) {
    return namesAnId(context, 3) || match.group().chars().filter(c -> c == '-').count() > 1
        ? phone(match.group())
        : List.of();
  }

  private static List<String> id(MatchResult match, Rule.Context context) {
    String digits = match.group();
    boolean hasLeadingZero = digits.length() > 1 && digits.startsWith("0");
    boolean isRound = digits.endsWith("000");
    boolean isLong = digits.length() >= 5 && !isRound;
    return hasLeadingZero || isLong || namesAnId(context, digits.length())
        ? NumberWords.groupedDigits(digits)
        : List.of();
  }

  /// Whether the words before say that a number is a name, not an amount.
  private static boolean namesAnId(Rule.Context context, int digits) {
    for (int n = 1; n <= REACH; n++) {
      String word = context.wordBefore(n);
      if (ALWAYS_DIGITS.contains(word)) {
        return true;
      }
      if (NAMES_AN_ID.contains(word) && digits >= 3) {
        return true;
      }
      boolean goesOn = BETWEEN.contains(word) || word.matches("[\\d-]+");
      if (!goesOn) {
        return false;
      }
    }
    return false;
  }
}
