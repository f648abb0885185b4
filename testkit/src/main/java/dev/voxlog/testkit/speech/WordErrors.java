package dev.voxlog.testkit.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Substitutions, insertions and deletions of words, and the words there should be. Numbers count
/// as words, case and punctuation do not count.
public record WordErrors(int errors, int words) {
  private static final String[] SMALL =
      ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
              + " nineteen")
          .split(" ");
  private static final String[] TENS =
      "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
  private static final Map<String, String> SAME =
      Map.of("mr", "mister", "mrs", "missus", "oh", "zero", "meter", "metre", "meters", "metres");

  public static WordErrors between(String wanted, String heard) {
    List<String> a = words(wanted);
    List<String> b = words(heard);
    int[] before = new int[b.size() + 1];
    for (int j = 0; j <= b.size(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int[] row = new int[b.size() + 1];
      row[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int kept = before[j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        row[j] = Math.min(kept, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return new WordErrors(before[b.size()], a.size());
  }

  public WordErrors plus(WordErrors other) {
    return new WordErrors(errors + other.errors, words + other.words);
  }

  public double percent() {
    return 100.0 * errors / Math.max(1, words);
  }

  /// The words that count, numbers spelled out.
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replaceAll("(\\d),(?=\\d{3}\\b)", "$1")
            .replaceAll("[^a-z0-9' ]", " ");
    for (String word : plain.strip().split("\\s+")) {
      if (word.matches("\\d+")) {
        words.addAll(number(word));
      } else if (!word.isEmpty()) {
        words.add(SAME.getOrDefault(word, word));
      }
    }
    return words;
  }

  private static List<String> number(String figures) {
    if (figures.length() == 4 && figures.startsWith("1") && !figures.startsWith("10")) {
      List<String> year = new ArrayList<>(number(figures.substring(0, 2)));
      year.addAll(number(figures.substring(2)));
      return year;
    }
    if (figures.length() > 2 || figures.length() == 2 && figures.startsWith("0")) {
      return figures.chars().mapToObj(figure -> SMALL[figure - '0']).toList();
    }
    int value = Integer.parseInt(figures);
    if (value < SMALL.length) {
      return List.of(SMALL[value]);
    }
    return value % 10 == 0
        ? List.of(TENS[value / 10])
        : List.of(TENS[value / 10], SMALL[value % 10]);
  }
}
