package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Dates: ISO, American with slashes, and written with a month's name.
final class DateRules {
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final Map<String, String> WEEKDAYS =
      Map.of(
          "mon",
          "monday",
          "tue",
          "tuesday",
          "wed",
          "wednesday",
          "thu",
          "thursday",
          "fri",
          "friday",
          "sat",
          "saturday",
          "sun",
          "sunday");
  private static final String MONTH =
      "(Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?"
          + "|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)";
  private static final String WEEKDAY = "(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?,?\\s+)?";
  private static final String ORDINAL = "(?:st|nd|rd|th)?";

  private DateRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(
            "(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?",
            (match, _) -> iso(match)),
        Rule.of("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})", (match, _) -> slashes(match)),
        Rule.of("(\\d{1,2})[-.](\\d{1,2})[-.](\\d{4})", (match, _) -> slashes(match)),
        Rule.of(
            "(\\d{1,2})/(\\d{1,2})",
            (match, context) ->
                context.wordBefore(1).matches("on|by|until|before|since|from|due|after")
                    ? date("", number(match, 1), number(match, 2), null)
                    : List.of()),
        Rule.of(MONTH + "\\s+(\\d{4})", (match, _) -> monthAndYear(match.group(1), match.group(2))),
        Rule.of(
            WEEKDAY + MONTH + "\\s+(\\d{1,2})" + ORDINAL + "(?:,?\\s+(\\d{4}))?",
            (match, _) ->
                date(
                    weekday(match.group(1)),
                    month(match.group(2)),
                    number(match, 3),
                    match.group(4))),
        Rule.of(
            "(\\d{1,2})" + ORDINAL + "\\s+(?:of\\s+)?" + MONTH + "(?:,?\\s+(\\d{4}))?",
            DateRules::dayFirst));
  }

  private static List<String> iso(MatchResult match) {
    List<String> words =
        new ArrayList<>(date("", number(match, 2), number(match, 3), match.group(1)));
    if (!words.isEmpty() && match.group(4) != null) {
      words.add("at");
      words.addAll(TimeRules.clock(number(match, 4), number(match, 5), ""));
    }
    return words;
  }

  private static List<String> slashes(MatchResult match) {
    int first = number(match, 1);
    int second = number(match, 2);
    String year = match.group(3).length() == 2 ? "20" + match.group(3) : match.group(3);
    return first > 12 ? date("", second, first, year) : date("", first, second, year);
  }

  private static List<String> monthAndYear(String month, String year) {
    List<String> words = new ArrayList<>();
    words.add(MONTHS.get(month(month) - 1));
    words.addAll(NumberWords.year(Integer.parseInt(year)));
    return words;
  }

  private static List<String> dayFirst(MatchResult match, Rule.Context context) {
    int day = number(match, 1);
    if (day < 1 || day > 31) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    if (!context.wordBefore(1).equals("the")) {
      words.add("the");
    }
    words.addAll(NumberWords.ordinal(match.group(1)));
    words.add("of");
    words.add(MONTHS.get(month(match.group(2)) - 1));
    addYear(words, match.group(3));
    return words;
  }

  private static List<String> date(String weekday, int month, int day, @Nullable String year) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    if (!weekday.isEmpty()) {
      words.add(weekday);
      words.add(SpokenWord.PAUSE);
    }
    words.add(MONTHS.get(month - 1));
    words.addAll(NumberWords.ordinal(Integer.toString(day)));
    addYear(words, year);
    return words;
  }

  private static void addYear(List<String> words, @Nullable String year) {
    if (year != null) {
      words.add(SpokenWord.PAUSE);
      words.addAll(NumberWords.year(Integer.parseInt(year)));
    }
  }

  private static String weekday(@Nullable String name) {
    return name == null ? "" : WEEKDAYS.getOrDefault(Letters.plain(name), "");
  }

  private static int month(String name) {
    String start = Letters.plain(name).substring(0, 3);
    for (int i = 0; i < MONTHS.size(); i++) {
      if (MONTHS.get(i).startsWith(start)) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("not a month: " + name);
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
