package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;

/// Percentages, ordinals, years, measures, fractions, and numbers that are amounts.
final class NumberRules {
  private static final String NUMBER = "(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d+))?";
  private static final Map<String, List<String>> FRACTIONS =
      Map.of(
          "1/2",
          List.of("one", "half"),
          "½",
          List.of("one", "half"),
          "1/3",
          List.of("one", "third"),
          "2/3",
          List.of("two", "thirds"),
          "1/4",
          List.of("one", "quarter"),
          "¼",
          List.of("one", "quarter"),
          "3/4",
          List.of("three", "quarters"),
          "¾",
          List.of("three", "quarters"));
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("km", "kilometers"),
          Map.entry("m", "meters"),
          Map.entry("cm", "centimeters"),
          Map.entry("mm", "millimeters"),
          Map.entry("mi", "miles"),
          Map.entry("ft", "feet"),
          Map.entry("kg", "kilograms"),
          Map.entry("g", "grams"),
          Map.entry("lb", "pounds"),
          Map.entry("lbs", "pounds"),
          Map.entry("oz", "ounces"),
          Map.entry("ml", "milliliters"),
          Map.entry("l", "liters"),
          Map.entry("mph", "miles per hour"),
          Map.entry("km/h", "kilometers per hour"),
          Map.entry("hrs", "hours"),
          Map.entry("hr", "hours"),
          Map.entry("h", "hours"),
          Map.entry("mins", "minutes"),
          Map.entry("min", "minutes"),
          Map.entry("sec", "seconds"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("kb", "kilobytes"),
          Map.entry("mb", "megabytes"),
          Map.entry("gb", "gigabytes"),
          Map.entry("tb", "terabytes"),
          Map.entry("x", "times"));

  private NumberRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of("24/7", (_, _) -> List.of("twenty", "four", "seven")),
        Rule.of(NUMBER + "\\s?%", (match, _) -> with(number(match, 1), "percent")),
        Rule.of("([-−])?(\\d+)\\s?°\\s?([CF])?", (match, _) -> degrees(match)),
        Rule.of("(\\d[\\d,]*)(?:st|nd|rd|th)", (match, _) -> NumberWords.ordinal(bare(match, 1))),
        Rule.of("(\\d{2,3}0)s", (match, _) -> decade(match.group(1))),
        Rule.of(
            "(\\d+)\\s(\\d/\\d)",
            (match, _) -> mixed(match.group(1), FRACTIONS.getOrDefault(match.group(2), List.of()))),
        Rule.of("\\d/\\d|[½¼¾]", (match, _) -> FRACTIONS.getOrDefault(match.group(), List.of())),
        Rule.of(
            NUMBER + "\\s?[-–]\\s?" + NUMBER + "\\s?%",
            (match, _) -> with(to(number(match, 1), number(match, 3)), "percent")),
        Rule.of(
            "((?:19|20)\\d\\d)\\s?[-–]\\s?((?:19|20)\\d\\d)",
            (match, _) -> to(year(match.group(1)), year(match.group(2)))),
        Rule.of(
            NUMBER + "\\s?[-–]\\s?" + NUMBER, (match, _) -> to(number(match, 1), number(match, 3))),
        Rule.ignoringCase(
            NUMBER
                + "\\s?(km/h|km|cm|mm|kg|lbs?|oz|mph|hrs?|mins?|sec|ms|[kmgt]b|ft|ml|mi)|(\\d+)()([gmlhsx])",
            (match, _) -> measure(match)),
        Rule.of("((?:19|20)\\d\\d)", (match, _) -> year(match.group(1))),
        Rule.of("\\d+(?:\\.\\d+){2,}", (match, _) -> version(match.group())),
        Rule.of("[-−]" + NUMBER, (match, _) -> before("minus", number(match, 1))),
        Rule.of("(\\d+)-([a-z]+(?:-[a-z]+)*)", (match, _) -> compound(match)),
        Rule.of("\\.(\\d+)", (match, _) -> before("point", NumberWords.digits(match.group(1)))),
        Rule.of(NUMBER, (match, _) -> number(match, 1)));
  }

  private static List<String> number(MatchResult match, int group) {
    String fraction = match.group(group + 1);
    return fraction == null
        ? NumberWords.cardinal(bare(match, group))
        : NumberWords.decimal(match.group(group), fraction);
  }

  private static List<String> measure(MatchResult match) {
    boolean isShort = match.group(1) == null;
    List<String> words =
        new ArrayList<>(isShort ? NumberWords.cardinal(match.group(4)) : number(match, 1));
    String unit = UNITS.getOrDefault(Letters.plain(match.group(isShort ? 6 : 3)), "");
    boolean isOne = words.equals(List.of("one"));
    String said = unit.equals("feet") && isOne ? "foot" : unit;
    if (isOne && said.endsWith("s") && !said.equals("times")) {
      said = said.substring(0, said.length() - 1);
    }
    words.addAll(List.of(said.split(" ")));
    return words;
  }

  private static List<String> degrees(MatchResult match) {
    List<String> words = new ArrayList<>();
    if (match.group(1) != null) {
      words.add("minus");
    }
    words.addAll(NumberWords.cardinal(match.group(2)));
    words.add("degrees");
    if (match.group(3) != null) {
      words.add(match.group(3).equals("C") ? "celsius" : "fahrenheit");
    }
    return words;
  }

  private static List<String> decade(String digits) {
    List<String> words =
        new ArrayList<>(digits.length() == 4 ? year(digits) : NumberWords.cardinal(digits));
    String last = words.removeLast();
    words.add(last.endsWith("y") ? last.substring(0, last.length() - 1) + "ies" : last + "s");
    return words;
  }

  private static List<String> version(String written) {
    List<String> words = new ArrayList<>();
    for (String part : written.split("\\.")) {
      if (!words.isEmpty()) {
        words.add("point");
      }
      words.addAll(NumberWords.cardinal(part));
    }
    return words;
  }

  private static List<String> compound(MatchResult match) {
    List<String> words = new ArrayList<>(NumberWords.cardinal(match.group(1)));
    words.addAll(Letters.words(match.group(2)));
    return words;
  }

  private static List<String> mixed(String whole, List<String> fraction) {
    if (fraction.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(NumberWords.cardinal(whole));
    words.add("and");
    words.addAll(fraction.equals(List.of("one", "half")) ? List.of("a", "half") : fraction);
    return words;
  }

  private static List<String> year(String digits) {
    return NumberWords.year(Integer.parseInt(digits));
  }

  private static List<String> to(List<String> from, List<String> until) {
    List<String> words = with(from, "to");
    words.addAll(until);
    return words;
  }

  private static List<String> with(List<String> words, String last) {
    List<String> all = new ArrayList<>(words);
    all.add(last);
    return all;
  }

  private static List<String> before(String first, List<String> words) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(words);
    return all;
  }

  private static String bare(MatchResult match, int group) {
    return match.group(group).replace(",", "");
  }
}
