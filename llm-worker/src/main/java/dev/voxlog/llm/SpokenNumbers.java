package dev.voxlog.llm;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Numbers in English text, in figures or words, and which of them are amounts of money or shares.
final class SpokenNumbers {
  private static final List<String> UNITS =
      List.of(
          "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
              .split(" "));
  private static final List<String> TENS =
      List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
  private static final Map<String, Integer> SCALES =
      Map.of("hundred", 100, "thousand", 1_000, "million", 1_000_000);
  private static final String WORD =
      "(?:"
          + String.join("|", UNITS.reversed())
          + "|"
          + String.join("|", TENS)
          + "|hundred|thousand|million)";

  /// Bounded in figures and words: longer ones are several, and none is looked through again from
  /// each of its places.
  private static final String NUMBER =
      "(?:\\d[\\d,]{0,30}+(?:\\.\\d{1,30}+)?+|\\b"
          + WORD
          + "\\b(?:(?:[ -]|,? and )"
          + WORD
          + "\\b){0,24}+)";

  private static final Pattern ANY = Pattern.compile(NUMBER);
  private static final Pattern MONEY =
      Pattern.compile(
          "(?:[$€£]\\s?+(?<before>"
              + NUMBER
              + ")|(?<after>"
              + NUMBER
              + ")\\s?(?:dollars?|bucks|euros?|pounds|cents?|percent|per cent|%))");
  private static final Pattern WITH_CENTS =
      Pattern.compile("(" + NUMBER + ") dollars?(?:,? and)? (" + NUMBER + ") cents?");

  private SpokenNumbers() {}

  /// All numbers, and the sums of dollars and cents.
  static Set<BigDecimal> all(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    Set<BigDecimal> all = new HashSet<>(money(plain));
    ANY.matcher(plain).results().forEach(each -> all.add(value(each.group())));
    return all;
  }

  /// Those that are amounts.
  static Set<BigDecimal> money(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    Set<BigDecimal> sums =
        WITH_CENTS
            .matcher(plain)
            .results()
            .map(each -> value(each.group(1)).add(value(each.group(2)).movePointLeft(2)))
            .collect(Collectors.toCollection(HashSet::new));
    Matcher money = MONEY.matcher(WITH_CENTS.matcher(plain).replaceAll(" "));
    while (money.find()) {
      String before = money.group("before");
      sums.add(value(before == null ? money.group("after") : before));
    }
    return sums.stream().map(BigDecimal::stripTrailingZeros).collect(Collectors.toSet());
  }

  private static BigDecimal value(String number) {
    if (Character.isDigit(number.charAt(0))) {
      return new BigDecimal(number.replace(",", "")).stripTrailingZeros();
    }
    long whole = 0;
    long part = 0;
    for (String word : number.split("[ ,-]+")) {
      Integer scale = SCALES.get(word);
      if (scale == null) {
        part += small(word);
      } else if (scale == 100) {
        part = Math.max(1, part) * scale;
      } else {
        whole += Math.max(1, part) * scale;
        part = 0;
      }
    }
    return BigDecimal.valueOf(whole + part).stripTrailingZeros();
  }

  private static int small(String word) {
    int ten = TENS.indexOf(word);
    return ten >= 0 ? (ten + 2) * 10 : Math.max(0, UNITS.indexOf(word));
  }
}
