package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Amounts of money.
final class MoneyRules {
  private record Currency(String one, String many, String smallOne, String smallMany) {}

  private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
  private static final Currency EURO = new Currency("euro", "euros", "cent", "cents");
  private static final Currency POUND = new Currency("pound", "pounds", "penny", "pence");
  private static final Map<String, Currency> CURRENCIES =
      Map.of(
          "$", DOLLAR, "US$", DOLLAR, "USD", DOLLAR, "€", EURO, "EUR", EURO, "£", POUND, "GBP",
          POUND);
  private static final Map<String, String> SCALES =
      Map.of(
          "k",
          "thousand",
          "thousand",
          "thousand",
          "m",
          "million",
          "million",
          "million",
          "bn",
          "billion",
          "b",
          "billion",
          "billion",
          "billion");
  private static final String AMOUNT = "(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d+))?";

  private MoneyRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of("([$€£])" + AMOUNT + "\\s?[-–]\\s?[$€£]?" + AMOUNT, (match, _) -> range(match)),
        Rule.ignoringCase(
            "([-−])?(US\\$|[$€£])\\s?" + AMOUNT + "(?:\\s?(thousand|million|billion|bn|k|m|b))?",
            (match, _) ->
                read(
                    match.group(1),
                    match.group(2),
                    match.group(3),
                    match.group(4),
                    match.group(5))),
        Rule.of(
            "(USD|EUR|GBP)\\s?" + AMOUNT,
            (match, _) -> read(null, match.group(1), match.group(2), match.group(3), null)),
        Rule.of(
            AMOUNT + "\\s?(USD|EUR|GBP|€|£)",
            (match, _) -> read(null, match.group(3), match.group(1), match.group(2), null)),
        Rule.of("(\\d+)\\s?¢", (match, _) -> cents(match)));
  }

  private static List<String> range(MatchResult match) {
    String symbol = match.group(1);
    List<String> words = new ArrayList<>(read(null, symbol, match.group(2), match.group(3), null));
    words.add("to");
    words.addAll(read(null, symbol, match.group(4), match.group(5), null));
    return words;
  }

  private static List<String> cents(MatchResult match) {
    List<String> words = new ArrayList<>(NumberWords.cardinal(match.group(1)));
    words.add(words.equals(List.of("one")) ? "cent" : "cents");
    return words;
  }

  private static List<String> read(
      @Nullable String minus,
      String symbol,
      String whole,
      @Nullable String fraction,
      @Nullable String scale) {
    Currency currency = CURRENCIES.getOrDefault(symbol.toUpperCase(Locale.ROOT), DOLLAR);
    List<String> words = new ArrayList<>();
    if (minus != null) {
      words.add("minus");
    }
    String digits = whole.replace(",", "");
    if (scale != null) {
      words.addAll(
          fraction == null ? NumberWords.cardinal(digits) : NumberWords.decimal(digits, fraction));
      words.add(SCALES.getOrDefault(scale.toLowerCase(Locale.ROOT), scale));
      words.add(currency.many());
    } else if (fraction != null && fraction.length() > 2) {
      words.addAll(NumberWords.decimal(digits, fraction));
      words.add(currency.many());
    } else {
      addExact(words, currency, digits, fraction == null ? "" : fraction);
    }
    return words;
  }

  private static void addExact(
      List<String> words, Currency currency, String digits, String fraction) {
    int small = fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "0").substring(0, 2));
    List<String> large = NumberWords.cardinal(digits);
    boolean isZero = large.equals(List.of("zero"));
    if (!isZero || small == 0) {
      words.addAll(large);
      words.add(large.equals(List.of("one")) ? currency.one() : currency.many());
    }
    if (small > 0) {
      if (!isZero) {
        words.add("and");
      }
      words.addAll(NumberWords.cardinal(small));
      words.add(small == 1 ? currency.smallOne() : currency.smallMany());
    }
  }
}
