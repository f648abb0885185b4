package dev.voxlog.stt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How many digits, or letters and digits, a text says, and whether it says nothing else but,
/// before them, the words people begin with: "it's".
///
/// @param isViable whether it says characters so far; its last word may be the beginning of one
/// @param isComplete whether it says characters and ends with one
/// @param atLeast the characters said for certain, with the multiples; "forty five" and "fourteen"
///   are two
record CharacterCount(boolean isViable, boolean isComplete, int atLeast) {
  private static final CharacterCount NONE = new CharacterCount(false, false, 0);
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
  private static final Set<String> LETTER_WORDS =
      Set.of(
          "alpha",
          "alfa",
          "bravo",
          "charlie",
          "delta",
          "echo",
          "foxtrot",
          "golf",
          "hotel",
          "india",
          "juliet",
          "juliett",
          "kilo",
          "lima",
          "mike",
          "november",
          "oscar",
          "papa",
          "quebec",
          "romeo",
          "sierra",
          "tango",
          "uniform",
          "victor",
          "whiskey",
          "whisky",
          "xray",
          "yankee",
          "zulu");
  private static final Set<String> CODE_LEAD_INS = Set.of("code", "reference", "booking");
  private static final Pattern BETWEEN = Pattern.compile("[ ,.\\-]{1,3}");
  private static final Pattern FIGURES = Pattern.compile("[0-9]+");

  /// Lower-case letters side by side are a word.
  private static final Pattern WRITTEN_CODE = Pattern.compile("[A-Z0-9]+|[a-z]");

  static CharacterCount of(Spelling spelling, String text) {
    String[] words = BETWEEN.split(text.replace('’', '\'').stripLeading(), -1);
    if (words[0].isEmpty()) {
      // Nothing yet; but separators cannot come first.
      return new CharacterCount(text.isBlank(), false, 0);
    }
    boolean mayGrow = !words[words.length - 1].isEmpty();
    return new Count(spelling, mayGrow)
        .of(mayGrow ? words : Arrays.copyOf(words, words.length - 1));
  }

  /// The characters at the end of an utterance, whatever was said before them.
  static int atEndOf(Spelling spelling, String text) {
    // A recogniser may write pairs as a fraction.
    String[] words = text.replace('/', ' ').strip().split("\\s+");
    for (int from = 0; from < words.length; from++) {
      CharacterCount count =
          of(spelling, String.join(" ", Arrays.copyOfRange(words, from, words.length)));
      if (count.isComplete) {
        return count.atLeast;
      }
    }
    return 0;
  }

  /// Counts word by word.
  private static final class Count {
    private final boolean isCode;
    private final boolean mayGrow;
    private int characters;
    private int times = 1;
    private boolean isAfterTens;

    Count(Spelling spelling, boolean mayGrow) {
      this.isCode = spelling == Spelling.CODE;
      this.mayGrow = mayGrow;
    }

    CharacterCount of(String[] words) {
      for (int i = 0; i < words.length; i++) {
        if (!take(words[i])) {
          boolean isBeginning = i == words.length - 1 && mayGrow && isBeginning(lower(words[i]));
          return isBeginning ? new CharacterCount(true, false, characters) : NONE;
        }
      }
      return new CharacterCount(true, characters > 0 && times == 1, characters);
    }

    private boolean take(String written) {
      String word = lower(written);
      boolean isOne = ONES.contains(word);
      if (isCode && times == 2 && word.equals("u")) {
        // The letter W.
        times = 1;
        add(1);
      } else if (times == 1 && MULTIPLES.containsKey(word)) {
        times = MULTIPLES.get(word);
      } else if (isOne || ZEROS.contains(word)) {
        add(isOne && isAfterTens ? 0 : 1);
      } else if (FIGURES.matcher(word).matches() || isCode && isWrittenCode(written)) {
        add(word.length());
      } else if (isCode && LETTER_WORDS.contains(word)) {
        add(1);
      } else if (times == 1 && (TEENS.contains(word) || TENS.contains(word))) {
        characters += 2;
      } else {
        return isLeadIn() && leadIns().anyMatch(word::equals);
      }
      isAfterTens = TENS.contains(word);
      return true;
    }

    /// A multiple counts for the first of them.
    private void add(int more) {
      characters += more == 0 ? 0 : more + times - 1;
      times = 1;
    }

    /// After "forty", "f" may become "five", which would be no character more.
    private boolean isWrittenCode(String written) {
      return WRITTEN_CODE.matcher(written).matches()
          && !(isAfterTens && ONES.stream().anyMatch(word -> word.startsWith(written)));
    }

    private boolean isLeadIn() {
      return characters == 0 && times == 1;
    }

    private Stream<String> leadIns() {
      return isCode ? Stream.concat(LEAD_INS.stream(), CODE_LEAD_INS.stream()) : LEAD_INS.stream();
    }

    private boolean isBeginning(String part) {
      Stream<String> next = Stream.concat(ONES.stream(), ZEROS.stream());
      if (isCode) {
        next = Stream.concat(next, LETTER_WORDS.stream());
      }
      if (times == 1) {
        next =
            Stream.of(next, TEENS.stream(), TENS.stream(), MULTIPLES.keySet().stream())
                .flatMap(each -> each);
      }
      if (isLeadIn()) {
        next = Stream.concat(next, leadIns());
      }
      return next.anyMatch(word -> word.startsWith(part));
    }

    private static String lower(String word) {
      return word.toLowerCase(Locale.ROOT);
    }
  }
}
