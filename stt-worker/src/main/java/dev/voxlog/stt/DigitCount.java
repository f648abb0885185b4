package dev.voxlog.stt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How many digits a text says, and whether it says nothing else but, before them, the words people
/// begin with: "it's".
///
/// @param isViable whether it says digits so far; its last word may be the beginning of one
/// @param isComplete whether it says digits and ends with one
/// @param atLeast the digits said for certain, with the multiples; "forty five" and "fourteen" are
///   two
record DigitCount(boolean isViable, boolean isComplete, int atLeast) {
  private static final DigitCount NONE = new DigitCount(false, false, 0);
  private static final Set<String> ONES =
      Set.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final Set<String> ZEROS = Set.of("zero", "oh", "o");
  private static final Set<String> TEENS =
      Set.of(
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
  private static final Set<String> TENS =
      Set.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final Map<String, Integer> MULTIPLES = Map.of("double", 2, "triple", 3);
  private static final Set<String> LEAD_INS =
      Set.of(
          "it's", "it", "is", "that's", "the", "my", "order", "number", "yes", "yeah", "okay",
          "sure", "um", "uh", "i'm", "so", "well");
  private static final Pattern BETWEEN = Pattern.compile("[ ,.\\-]{1,3}");
  private static final Pattern FIGURES = Pattern.compile("[0-9]+");

  static DigitCount of(String text) {
    String[] words =
        BETWEEN.split(text.toLowerCase(Locale.ROOT).replace('’', '\'').stripLeading(), -1);
    if (words[0].isEmpty()) {
      // Nothing yet; but separators cannot come first.
      return new DigitCount(text.isBlank(), false, 0);
    }
    boolean mayGrow = !words[words.length - 1].isEmpty();
    return new Count(mayGrow).of(mayGrow ? words : Arrays.copyOf(words, words.length - 1));
  }

  /// The digits at the end of an utterance, whatever was said before them.
  static int atEndOf(String text) {
    // A recogniser may write pairs as a fraction.
    String[] words = text.replace('/', ' ').strip().split("\\s+");
    for (int from = 0; from < words.length; from++) {
      DigitCount count = of(String.join(" ", Arrays.copyOfRange(words, from, words.length)));
      if (count.isComplete) {
        return count.atLeast;
      }
    }
    return 0;
  }

  /// Counts word by word.
  private static final class Count {
    private final boolean mayGrow;
    private int digits;
    private int times = 1;
    private boolean isAfterTens;

    Count(boolean mayGrow) {
      this.mayGrow = mayGrow;
    }

    DigitCount of(String[] words) {
      for (int i = 0; i < words.length; i++) {
        if (!take(words[i])) {
          boolean isBeginning = i == words.length - 1 && mayGrow && isBeginning(words[i]);
          return isBeginning ? new DigitCount(true, false, digits) : NONE;
        }
      }
      return new DigitCount(true, digits > 0 && times == 1, digits);
    }

    private boolean take(String word) {
      boolean isOne = ONES.contains(word);
      if (times == 1 && MULTIPLES.containsKey(word)) {
        times = MULTIPLES.get(word);
      } else if (isOne || ZEROS.contains(word)) {
        digits += isOne && isAfterTens ? 0 : times;
        times = 1;
      } else if (FIGURES.matcher(word).matches()) {
        digits += word.length() + times - 1;
        times = 1;
      } else if (times == 1 && (TEENS.contains(word) || TENS.contains(word))) {
        digits += 2;
      } else {
        return isLeadIn() && LEAD_INS.contains(word);
      }
      isAfterTens = TENS.contains(word);
      return true;
    }

    private boolean isLeadIn() {
      return digits == 0 && times == 1;
    }

    private boolean isBeginning(String part) {
      Stream<String> next = Stream.concat(ONES.stream(), ZEROS.stream());
      if (times == 1) {
        next =
            Stream.of(next, TEENS.stream(), TENS.stream(), MULTIPLES.keySet().stream())
                .flatMap(each -> each);
      }
      if (isLeadIn()) {
        next = Stream.concat(next, LEAD_INS.stream());
      }
      return next.anyMatch(word -> word.startsWith(part));
    }
  }
}
