package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Times of day.
final class TimeRules {
  private static final String HALF = "([AaPp])\\.?[Mm](?:\\.|\\b)";

  private TimeRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(
            "(\\d{1,2}):(\\d{2})(?::\\d{2})?(?:\\s?"
                + HALF
                + ")?\\s?[-–]\\s?(\\d{1,2}):(\\d{2})(?:\\s?"
                + HALF
                + ")?",
            (match, _) -> range(match)),
        Rule.of(
            "(\\d{1,2}):(\\d{2})(?::\\d{2})?(?:\\s?" + HALF + ")?",
            (match, _) ->
                clock(number(match.group(1)), number(match.group(2)), half(match.group(3)))),
        Rule.of(
            "(\\d{1,2})(?:\\s?" + HALF + ")?\\s?[-–]\\s?(\\d{1,2})\\s?" + HALF,
            (match, _) ->
                join(
                    clock(number(match.group(1)), 0, orSpoken(match.group(2))),
                    clock(number(match.group(3)), 0, half(match.group(4))))),
        Rule.of(
            "(\\d{1,2})\\s?" + HALF,
            (match, _) -> clock(number(match.group(1)), 0, half(match.group(2)))));
  }

  /// `half` is "A", "P" or "" as written; an hour past noon without one is said with it, " " keeps
  /// an hour bare.
  static List<String> clock(int hour, int minute, String half) {
    if (hour > 24 || minute > 59) {
      return List.of();
    }
    String said = half.strip();
    if (half.isEmpty() && (hour > 12 || hour == 0)) {
      said = hour >= 12 && hour < 24 ? "P" : "A";
    }
    int shown = hour % 12 == 0 ? 12 : hour % 12;
    List<String> words = new ArrayList<>(NumberWords.cardinal(shown));
    if (minute == 0 && half.isEmpty() && said.isEmpty()) {
      words.add("o'clock");
    } else if (minute > 0) {
      if (minute < 10) {
        words.add("oh");
      }
      words.addAll(NumberWords.cardinal(minute));
    }
    if (!said.isEmpty()) {
      words.add(said);
      words.add("M");
    }
    return words;
  }

  private static List<String> range(MatchResult match) {
    return join(
        clock(number(match.group(1)), number(match.group(2)), orSpoken(match.group(3))),
        clock(number(match.group(4)), number(match.group(5)), half(match.group(6))));
  }

  private static List<String> join(List<String> from, List<String> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(from);
    words.add("to");
    words.addAll(to);
    return words;
  }

  private static String orSpoken(@Nullable String half) {
    return half == null ? " " : half(half);
  }

  private static String half(@Nullable String letter) {
    return letter == null ? "" : letter.toUpperCase(Locale.ROOT);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
