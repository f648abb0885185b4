package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Numbers as American English words.
final class NumberWords {
  private static final List<String> SMALL =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final List<String> SCALES =
      List.of("", "thousand", "million", "billion", "trillion");
  private static final Map<String, String> ORDINALS =
      Map.of(
          "one", "first", "two", "second", "three", "third", "five", "fifth", "eight", "eighth",
          "nine", "ninth", "twelve", "twelfth");
  private static final int LONGEST_CARDINAL = 15;

  private NumberWords() {}

  /// "four thousand eight hundred twenty nine"; numbers too long to say are given digit by digit.
  static List<String> cardinal(String digits) {
    String trimmed = digits.replaceFirst("^0+(?=.)", "");
    if (trimmed.length() > LONGEST_CARDINAL) {
      return digits(digits);
    }
    long value = Long.parseLong(trimmed);
    if (value == 0) {
      return List.of("zero");
    }
    List<String> words = new ArrayList<>();
    for (int scale = SCALES.size() - 1; scale >= 0; scale--) {
      int group = (int) (value / power(scale) % 1000);
      if (group > 0) {
        words.addAll(belowThousand(group));
        if (scale > 0) {
          words.add(SCALES.get(scale));
        }
      }
    }
    return words;
  }

  static List<String> cardinal(long value) {
    return cardinal(Long.toString(value));
  }

  /// "forty second".
  static List<String> ordinal(String digits) {
    List<String> words = new ArrayList<>(cardinal(digits));
    String last = words.removeLast();
    String ordinal = ORDINALS.get(last);
    if (ordinal == null) {
      ordinal = last.endsWith("y") ? last.substring(0, last.length() - 1) + "ieth" : last + "th";
    }
    words.add(ordinal);
    return words;
  }

  /// One word a digit; other characters are left out.
  static List<String> digits(String text) {
    return text.chars().filter(Character::isDigit).mapToObj(c -> SMALL.get(c - '0')).toList();
  }

  /// Whether a spoken word is a digit.
  static boolean isDigit(String word) {
    int value = SMALL.indexOf(word);
    return value >= 0 && value < 10;
  }

  /// Digits with a short pause between groups a listener can hold.
  static List<String> groupedDigits(String text) {
    int length = text.length();
    if (length < 7) {
      return digits(text);
    }
    int size = length % 4 == 0 || length > 10 ? 4 : 3;
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from < length) {
      int to =
          length - from <= size + 1 && length - from < 5 ? length : Math.min(length, from + size);
      if (from > 0) {
        words.add(SpokenWord.PAUSE);
      }
      words.addAll(digits(text.substring(from, to)));
      from = to;
    }
    return words;
  }

  /// "three point one four"; grouping commas are allowed before the point.
  static List<String> decimal(String whole, String fraction) {
    List<String> words = new ArrayList<>(cardinal(whole.replace(",", "")));
    words.add("point");
    words.addAll(digits(fraction));
    return words;
  }

  /// "nineteen oh five", "two thousand six", "twenty twenty six".
  static List<String> year(int year) {
    int century = year / 100;
    int rest = year % 100;
    if (year < 1000 || year % 1000 < 10) {
      return cardinal(year);
    }
    List<String> words = new ArrayList<>(belowThousand(century));
    if (rest == 0) {
      words.add("hundred");
    } else {
      if (rest < 10) {
        words.add("oh");
      }
      words.addAll(belowThousand(rest));
    }
    return words;
  }

  private static List<String> belowThousand(int value) {
    List<String> words = new ArrayList<>();
    if (value >= 100) {
      words.add(SMALL.get(value / 100));
      words.add("hundred");
    }
    int rest = value % 100;
    if (rest >= 20) {
      words.add(TENS.get(rest / 10));
      rest %= 10;
    }
    if (rest > 0) {
      words.add(SMALL.get(rest));
    }
    return words;
  }

  private static long power(int scale) {
    long result = 1;
    for (int i = 0; i < scale; i++) {
      result *= 1000;
    }
    return result;
  }
}
