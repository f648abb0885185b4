package dev.voxlog.nlu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which language words are in, of the few it knows: naive Bayes over runs of letters (Dunning,
/// "Statistical Identification of Language", 1994), learnt from sentences that come with the
/// product. Immutable; safe from any thread.
///
/// It knows nothing of a caller's voice: what a recogniser makes of a language that it does not
/// know is no sentence of that language.
final class LanguageGuess {
  private static final String ENGLISH = "en";
  private static final int LONGEST_RUN = 4;
  private static final double SMOOTHING = 0.1;

  /// Runs of letters overlap: that many of them say one thing.
  private static final double OVERLAP = LONGEST_RUN;

  /// Of the logarithm of the odds: a hundred to one.
  private static final double SURE = 4.6;

  private static final int FEWEST_LETTERS = 8;
  private static final int FEWEST_WORDS = 2;

  /// The share of three letters in a row that a language must have seen, so that it is not taken
  /// for one that it only resembles.
  private static final double FAMILIAR = 0.6;

  private static final LanguageGuess BUILT_IN = learnt();

  private final List<String> languages;

  /// The logarithm of each run's likelihood by language, and that of one never seen.
  private final Map<String, double[]> seen;

  private final double[] unseen;

  private LanguageGuess(List<String> languages, Map<String, double[]> seen, double[] unseen) {
    this.languages = languages;
    this.seen = seen;
    this.unseen = unseen;
  }

  /// The one that knows the built-in sentences; learnt with its first use, in some tenths of a
  /// second.
  static LanguageGuess builtIn() {
    return BUILT_IN;
  }

  private static LanguageGuess learnt() {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    lines("languages.tsv")
        .map(line -> line.split("\t"))
        .forEach(cells -> count(counts.computeIfAbsent(cells[0], _ -> new HashMap<>()), cells[1]));
    Map<String, Integer> english = counts.computeIfAbsent(ENGLISH, _ -> new HashMap<>());
    lines("out-of-scope.txt").forEach(text -> count(english, text));
    SentimentClassifier.examples().forEach(each -> count(english, each.text()));
    Set<String> runs = new HashSet<>();
    counts.values().forEach(each -> runs.addAll(each.keySet()));
    List<String> languages = List.copyOf(counts.keySet());
    Map<String, double[]> seen = new HashMap<>();
    double[] unseen = new double[languages.size()];
    for (int n = 0; n < unseen.length; n++) {
      Map<String, Integer> own = counts.getOrDefault(languages.get(n), Map.of());
      double total =
          own.values().stream().mapToInt(Integer::intValue).sum() + SMOOTHING * runs.size();
      unseen[n] = Math.log(SMOOTHING / total);
      for (String run : runs) {
        seen.computeIfAbsent(run, _ -> new double[languages.size()])[n] =
            Math.log((own.getOrDefault(run, 0) + SMOOTHING) / total);
      }
    }
    return new LanguageGuess(languages, Map.copyOf(seen), unseen);
  }

  private static void count(Map<String, Integer> counts, String text) {
    runs(words(text)).forEach(run -> counts.merge(run, 1, Integer::sum));
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = LanguageGuess.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace('’', '\'')
        .replaceAll("[^\\p{L}\\p{M}']+", " ")
        .strip();
  }

  private static List<String> runs(String words) {
    String padded = " " + words + " ";
    List<String> runs = new ArrayList<>();
    for (int from = 0; from < padded.length(); from++) {
      for (int to = from + 1; to <= Math.min(padded.length(), from + LONGEST_RUN); to++) {
        runs.add(padded.substring(from, to));
      }
    }
    return runs;
  }

  /// The language as BCP 47, such as `es`; null where the words do not tell, or may be of a
  /// language that it does not know.
  @Nullable String of(String text) {
    String words = words(text);
    boolean isTooLittle =
        words.chars().filter(Character::isLetter).count() < FEWEST_LETTERS
            || words.split(" ").length < FEWEST_WORDS;
    if (isTooLittle) {
      return null;
    }
    List<String> runs = runs(words);
    double[] likelihoods = new double[unseen.length];
    for (String run : runs) {
      double[] each = seen.getOrDefault(run, unseen);
      for (int n = 0; n < likelihoods.length; n++) {
        likelihoods[n] += each[n];
      }
    }
    int best = best(likelihoods, -1);
    int second = best(likelihoods, best);
    boolean isSure =
        (likelihoods[best] - likelihoods[second]) / OVERLAP > SURE
            && familiar(runs, best) >= FAMILIAR;
    return isSure ? languages.get(best) : null;
  }

  private static int best(double[] likelihoods, int except) {
    int best = except == 0 ? 1 : 0;
    for (int n = 0; n < likelihoods.length; n++) {
      if (n != except && likelihoods[n] > likelihoods[best]) {
        best = n;
      }
    }
    return best;
  }

  private double familiar(List<String> runs, int language) {
    List<String> threes = runs.stream().filter(run -> run.length() == 3).toList();
    return (double)
            threes.stream()
                .filter(run -> seen.getOrDefault(run, unseen)[language] > unseen[language])
                .count()
        / Math.max(1, threes.size());
  }
}
