package dev.voxlog.nlu;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.schemas.Score;
import dev.voxlog.schemas.Understanding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells an agent's intents apart by a few examples of each, and knows when it does not know.
///
/// The head is trained with one class more, of things people say to no agent in particular, and its
/// threshold is set by cross-validation on both. Immutable; safe from any thread as far as its
/// embedder is.
public final class IntentClassifier {
  private static final float SCALE = 10;
  private static final int FOLDS = 4;
  private static final int ALTERNATIVES = 3;

  /// A general sentence this close to one of the agent's own is not out of its scope.
  private static final float TOO_CLOSE = 0.80f;

  /// Nothing takes back a call that has ended: it takes words that say so, and many words must mean
  /// that beyond doubt.
  private static final double BEYOND_DOUBT = 0.85;

  private static final int MANY_WORDS = 8;

  /// Where the threshold may lie. What nobody says to an agent has classes of its own, so that more
  /// doubt than the highest refuses more of what is meant than of what is not.
  private static final double LOWEST = 0.20;

  private static final double HIGHEST = 0.55;

  private static final Set<Action> COURTESIES =
      Set.of(Action.YES, Action.NO, Action.HOLD_ON, Action.HELP);

  /// Hardly anything else looks like these.
  private static final Set<String> STRONG = Set.of("orderId", "phone");

  // Measured on callers of Acme: who says an order number hardly ever asks about anything else.
  private static final double TELLS_MUCH = 20;
  private static final double TELLS_LITTLE = 1.5;

  private final TextEmbedder embedder;
  private final List<String> labels;
  private final Map<String, Traits> traits;
  private final Map<String, TellingWords> farewells;
  private final SoftmaxRegression head;
  private final double threshold;

  private IntentClassifier(
      TextEmbedder embedder,
      List<String> labels,
      Map<String, Traits> traits,
      Map<String, TellingWords> farewells,
      SoftmaxRegression head,
      double threshold) {
    this.embedder = embedder;
    this.labels = labels;
    this.traits = traits;
    this.farewells = farewells;
    this.head = head;
    this.threshold = threshold;
  }

  /// What an utterance is taken for: an intent or [Understanding#UNSURE], with its probability, and
  /// the best guesses in order.
  public record Verdict(String intent, double confidence, List<Score> alternatives) {}

  /// `isOut` where the label says that the sentence is none of the agent's business.
  private record Example(String text, float[] vector, int label, boolean isOut) {}

  /// What is known of an intent beside its examples: whether it is none of the agent's business,
  /// whether it is a courtesy that goes with other words, whether it ends the call, and the
  /// entities its flow asks for, best first.
  record Traits(boolean isOut, boolean isCourtesy, boolean isFarewell, Set<String> entities) {
    static final Traits PLAIN = new Traits(false, false, false, Set.of());

    static Traits of(Agent agent, Intent intent) {
      return switch (intent.target()) {
        case Intent.Act(Action action) ->
            new Traits(
                action == Action.UNSURE,
                COURTESIES.contains(action),
                action == Action.HANG_UP,
                Set.of());
        case Intent.Say _ -> new Traits(false, true, false, Set.of());
        case Intent.Enter(String flow) ->
            new Traits(
                false,
                false,
                false,
                agent.flow(flow).stream()
                    .flatMap(each -> each.slots().stream())
                    .flatMap(slot -> slot.type().entities().stream().limit(1))
                    .collect(Collectors.toUnmodifiableSet()));
      };
    }

    double evidence(Set<String> found) {
      double factor = 1;
      for (String kind : entities) {
        if (found.contains(kind)) {
          factor *= STRONG.contains(kind) ? TELLS_MUCH : TELLS_LITTLE;
        }
      }
      return factor;
    }
  }

  /// Learns from the agent file's examples: a second or two of computing for an agent with
  /// hundreds. `examples` embeds them, `live` what callers say.
  public static IntentClassifier train(Agent agent, TextEmbedder examples, TextEmbedder live) {
    Lessons lessons = new Lessons(examples);
    for (Intent intent : agent.intents()) {
      lessons.intent(intent.name(), intent.examples(), Traits.of(agent, intent));
    }
    return lessons.learn(live);
  }

  /// What is to be learnt.
  static final class Lessons {
    private final TextEmbedder embedder;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Traits> traits = new HashMap<>();
    private final List<Example> examples = new ArrayList<>();

    Lessons(TextEmbedder embedder) {
      this.embedder = embedder;
    }

    void intent(String name, List<String> sentences, Traits known) {
      labels.add(name);
      traits.put(name, known);
      sentences.forEach(text ->
          examples.add(new Example(text, vector(embedder, text), labels.size() - 1, known.isOut)));
    }

    IntentClassifier learn(TextEmbedder live) {
      List<Example> own = List.copyOf(examples);
      labels.add(Understanding.UNSURE);
      for (String text : generalSentences()) {
        float[] vector = vector(embedder, text);
        if (own.stream()
            .noneMatch(each -> !each.isOut && cosine(each.vector, vector) > TOO_CLOSE)) {
          examples.add(new Example(text, vector, labels.size() - 1, true));
        }
      }
      double threshold = calibrated(examples, labels.size());
      return new IntentClassifier(
          live,
          List.copyOf(labels),
          Map.copyOf(traits),
          farewells(),
          fit(examples, labels.size()),
          threshold);
    }

    private Map<String, TellingWords> farewells() {
      Map<String, TellingWords> farewells = new HashMap<>();
      for (int label = 0; label < labels.size(); label++) {
        Traits known = traits.get(labels.get(label));
        if (known != null && known.isFarewell) {
          farewells.put(
              labels.get(label), TellingWords.of(texts(label, true), texts(label, false)));
        }
      }
      return Map.copyOf(farewells);
    }

    private List<String> texts(int label, boolean isOwn) {
      return examples.stream()
          .filter(each -> each.label == label == isOwn)
          .map(Example::text)
          .toList();
    }
  }

  private static SoftmaxRegression fit(List<Example> examples, int classes) {
    return SoftmaxRegression.train(
        examples.stream().map(Example::vector).toList(),
        examples.stream().mapToInt(Example::label).toArray(),
        classes);
  }

  /// The vector that heads are trained on and see.
  static float[] vector(TextEmbedder embedder, String text) {
    float[] vector = embedder.embed(SpokenForm.of(text)).clone();
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= SCALE;
    }
    return vector;
  }

  private static float cosine(float[] a, float[] b) {
    float dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot / (SCALE * SCALE);
  }

  private record Trial(double probability, boolean isRight) {}

  /// The threshold that decides most held-out examples well: accepted where the label is right, and
  /// not where it is wrong or the sentence is out of scope.
  private static double calibrated(List<Example> examples, int classes) {
    List<Trial> trials = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Example> kept = new ArrayList<>();
      List<Example> held = new ArrayList<>();
      for (int n = 0; n < examples.size(); n++) {
        (n % FOLDS == fold ? held : kept).add(examples.get(n));
      }
      SoftmaxRegression head = fit(kept, classes);
      for (Example example : held) {
        float[] p = head.probabilities(example.vector);
        int best = best(p);
        if (best != classes - 1) {
          trials.add(new Trial(p[best], best == example.label));
        }
      }
    }
    double bestThreshold = 0;
    long bestGain = -1;
    for (double t = LOWEST; t <= HIGHEST; t += 0.01) {
      double threshold = t;
      long gain =
          trials.stream().filter(trial -> trial.probability >= threshold == trial.isRight).count();
      if (gain > bestGain) {
        bestGain = gain;
        bestThreshold = threshold;
      }
    }
    return bestThreshold;
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /// Some milliseconds of computing, for each clause too.
  public Verdict classify(String text) {
    return classify(text, Set.of());
  }

  /// What the utterance is taken for, when entities of the kinds `found` are in it. A long
  /// utterance blurs: what a clause of it says for sure counts where the whole says nothing, or no
  /// more than a courtesy; but a call ends by what the whole says.
  public Verdict classify(String text, Set<String> found) {
    Verdict whole = farewellOnlyIfSure(one(text, found), text);
    Verdict best = whole;
    for (String clause : Clauses.of(text)) {
      Verdict part = one(clause, found);
      if (isFarewell(part)) {
        continue;
      }
      if (rank(part) > rank(best)
          || rank(part) == rank(best) && part.confidence() > best.confidence()) {
        best = part;
      }
    }
    return rank(best) > rank(whole) ? best : whole;
  }

  private Verdict farewellOnlyIfSure(Verdict verdict, String text) {
    TellingWords telling = farewells.get(verdict.intent());
    boolean isDoubtful =
        telling != null
            && (!telling.areIn(text)
                || verdict.confidence() < BEYOND_DOUBT
                    && SpokenForm.of(text).split(" ").length > MANY_WORDS);
    return isDoubtful
        ? new Verdict(Understanding.UNSURE, 1 - verdict.confidence(), verdict.alternatives())
        : verdict;
  }

  private boolean isFarewell(Verdict verdict) {
    return farewells.containsKey(verdict.intent());
  }

  /// Unsure is least, then what is out of scope, courtesies, and what the caller wants.
  private int rank(Verdict verdict) {
    Traits known = traits.get(verdict.intent());
    if (known == null) {
      return 0;
    }
    return known.isOut ? 1 : known.isCourtesy ? 2 : 3;
  }

  /// Whether it is none of the agent's intents, or one for what is none of its business.
  boolean isNothing(Verdict verdict) {
    return rank(verdict) <= 1;
  }

  /// Whether it is no more than a courtesy.
  boolean isNoWish(Verdict verdict) {
    return rank(verdict) <= 2;
  }

  private Verdict one(String text, Set<String> found) {
    if (SpokenForm.of(text).isBlank()) {
      return new Verdict(Understanding.UNSURE, 1, List.of());
    }
    List<Score> ranked = ranked(head.probabilities(vector(embedder, text)), found);
    Score first = ranked.getFirst();
    boolean isSure =
        !first.label().equals(Understanding.UNSURE) && first.probability() >= threshold;
    List<Score> alternatives = ranked.subList(0, Math.min(ALTERNATIVES, ranked.size()));
    return isSure
        ? new Verdict(first.label(), first.probability(), alternatives)
        : new Verdict(Understanding.UNSURE, 1 - first.probability(), alternatives);
  }

  /// An order number in the words is evidence for the intents whose flow asks for one.
  private List<Score> ranked(float[] probabilities, Set<String> found) {
    double[] odds = new double[probabilities.length];
    double total = 0;
    for (int c = 0; c < odds.length; c++) {
      Traits known = traits.get(labels.get(c));
      odds[c] = probabilities[c] * (known == null ? 1 : known.evidence(found));
      total += odds[c];
    }
    List<Score> ranked = new ArrayList<>();
    for (int c = 0; c < odds.length; c++) {
      ranked.add(new Score(labels.get(c), odds[c] / total));
    }
    ranked.sort(Comparator.comparingDouble(Score::probability).reversed());
    return List.copyOf(ranked);
  }

  double threshold() {
    return threshold;
  }

  private static List<String> generalSentences() {
    try (InputStream in = IntentClassifier.class.getResourceAsStream("out-of-scope.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
