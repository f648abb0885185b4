package dev.voxlog.stt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// How many digits a text says, and whether it says nothing else.
///
/// @param isViable whether it says digits so far; its last word may be the beginning of one
/// @param isComplete whether it says digits and ends with one
/// @param atLeast the digits said for certain, with the multiples
record DigitCount(boolean isViable, boolean isComplete, int atLeast) {
  private static final DigitCount NONE = new DigitCount(false, false, 0);
  private static final Set<String> WORDS =
      Set.of("zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final Map<String, Integer> MULTIPLES = Map.of("double", 2, "triple", 3);
  private static final Pattern BETWEEN = Pattern.compile("[ ,.\\-]{1,3}");
  private static final Pattern FIGURES = Pattern.compile("[0-9]+");

  static DigitCount of(String text) {
    String[] words = BETWEEN.split(text.toLowerCase(Locale.ROOT).stripLeading(), -1);
    if (words[0].isEmpty()) {
      // Nothing yet; but separators cannot come first.
      return new DigitCount(text.isBlank(), false, 0);
    }
    boolean mayGrow = !words[words.length - 1].isEmpty();
    if (!mayGrow) {
      words = Arrays.copyOf(words, words.length - 1);
    }
    int count = 0;
    int times = 1;
    for (int i = 0; i < words.length; i++) {
      boolean isLast = i == words.length - 1;
      if (times == 1 && MULTIPLES.containsKey(words[i])) {
        times = MULTIPLES.get(words[i]);
      } else if (WORDS.contains(words[i])) {
        count += times;
        times = 1;
      } else if (FIGURES.matcher(words[i]).matches()) {
        count += words[i].length() + times - 1;
        times = 1;
      } else {
        return isLast && mayGrow && isBeginning(words[i], times) ? new DigitCount(true, false, count) : NONE;
      }
    }
    return new DigitCount(true, times == 1, count);
  }

  private static boolean isBeginning(String part, int times) {
    return WORDS.stream().anyMatch(word -> word.startsWith(part))
        || times == 1 && MULTIPLES.keySet().stream().anyMatch(word -> word.startsWith(part));
  }
}
