package dev.voxlog.text;

import java.util.Map;

/// The number words of English, one token each.
public final class NumberWords {
  private static final Map<String, Integer> DIGITS =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("oh", 0),
          Map.entry("o", 0),
          Map.entry("nought", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("niner", 9));
  private static final Map<String, Integer> PLURALS =
      Map.ofEntries(
          Map.entry("zeros", 0),
          Map.entry("zeroes", 0),
          Map.entry("oh's", 0),
          Map.entry("ones", 1),
          Map.entry("twos", 2),
          Map.entry("threes", 3),
          Map.entry("fours", 4),
          Map.entry("fives", 5),
          Map.entry("sixes", 6),
          Map.entry("sevens", 7),
          Map.entry("eights", 8),
          Map.entry("nines", 9));
  private static final Map<String, Integer> MULTIPLES =
      Map.of("double", 2, "triple", 3, "treble", 3, "quadruple", 4);
  private static final Map<String, Integer> TEENS =
      Map.of(
          "ten",
          10,
          "eleven",
          11,
          "twelve",
          12,
          "thirteen",
          13,
          "fourteen",
          14,
          "fifteen",
          15,
          "sixteen",
          16,
          "seventeen",
          17,
          "eighteen",
          18,
          "nineteen",
          19);
  private static final Map<String, Integer> TENS =
      Map.of(
          "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70,
          "eighty", 80, "ninety", 90);

  /// Words that recognisers write for digits; they count only among digits.
  private static final Map<String, Integer> SOUND_ALIKES =
      Map.of(
          "to", 2, "too", 2, "for", 4, "fore", 4, "ate", 8, "won", 1, "tree", 3, "free", 3, "sex",
          6, "nein", 9);

  private static final Map<String, Integer> ORDINALS =
      Map.ofEntries(
          Map.entry("first", 1),
          Map.entry("second", 2),
          Map.entry("third", 3),
          Map.entry("fourth", 4),
          Map.entry("fifth", 5),
          Map.entry("sixth", 6),
          Map.entry("seventh", 7),
          Map.entry("eighth", 8),
          Map.entry("ninth", 9),
          Map.entry("tenth", 10),
          Map.entry("eleventh", 11),
          Map.entry("twelfth", 12),
          Map.entry("thirteenth", 13),
          Map.entry("fourteenth", 14),
          Map.entry("fifteenth", 15),
          Map.entry("sixteenth", 16),
          Map.entry("seventeenth", 17),
          Map.entry("eighteenth", 18),
          Map.entry("nineteenth", 19),
          Map.entry("twentieth", 20),
          Map.entry("thirtieth", 30));

  private NumberWords() {}

  /// 0 to 9, or −1.
  public static int digit(String word) {
    return DIGITS.getOrDefault(word, -1);
  }

  /// 0 for "zeros" to 9 for "nines", or −1.
  public static int plural(String word) {
    return PLURALS.getOrDefault(word, -1);
  }

  /// How often the digit after "double" or the like is said, 0 for any other word.
  public static int multiple(String word) {
    return MULTIPLES.getOrDefault(word, 0);
  }

  /// 10 to 19, or −1.
  public static int teen(String word) {
    return TEENS.getOrDefault(word, -1);
  }

  /// 20, 30 … 90, or −1.
  public static int tens(String word) {
    return TENS.getOrDefault(word, -1);
  }

  /// The digit that a recogniser may have meant with the word, or −1.
  public static int soundAlike(String word) {
    return SOUND_ALIKES.getOrDefault(word, -1);
  }

  /// 1 to 31 for "first" or "1st"; −1 for anything else. "twenty first" is two words.
  public static int ordinal(String word) {
    if (word.matches("\\d{1,2}(st|nd|rd|th)")) {
      return Integer.parseInt(word.replaceAll("\\D", ""));
    }
    return ORDINALS.getOrDefault(word, -1);
  }

  /// Whether the word alone says a number.
  public static boolean isNumber(String word) {
    return digit(word) >= 0 && !word.equals("o") && !word.equals("oh")
        || teen(word) >= 0
        || tens(word) >= 0
        || word.equals("hundred")
        || word.equals("thousand");
  }
}
