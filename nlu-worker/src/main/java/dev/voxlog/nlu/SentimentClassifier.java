package dev.voxlog.nlu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// How a caller seems to feel, by the words alone: a head on the vector that their intent is told
/// by, trained with examples that come with the product. Immutable; safe from any thread as far as
/// its embedder is.
///
/// Most of what callers say is neutral; only what is more likely than all else together is told as
/// something else. To be negative it must be four times as likely as all else: what callers want of
/// a service is mostly about something that is wrong.
final class SentimentClassifier {
  static final String NEUTRAL = "neutral";
  private static final List<String> LABELS = List.of("negative", NEUTRAL, "positive");

  /// By label: the probability that is not enough.
  private static final double[] SURE = {0.8, 0.5, 0.5};

  private final TextEmbedder embedder;
  private final SoftmaxRegression head;

  private SentimentClassifier(TextEmbedder embedder, SoftmaxRegression head) {
    this.embedder = embedder;
    this.head = head;
  }

  /// `label` is `negative`, `neutral` or `positive`.
  record Example(String label, String text) {}

  /// Learns from the built-in examples, a second or so where `examples` has to compute their
  /// vectors; `live` embeds what callers say.
  static SentimentClassifier train(TextEmbedder examples, TextEmbedder live) {
    List<Example> all = examples();
    return new SentimentClassifier(
        live,
        SoftmaxRegression.train(
            all.stream().map(each -> IntentClassifier.vector(examples, each.text())).toList(),
            all.stream().mapToInt(each -> LABELS.indexOf(each.label())).toArray(),
            LABELS.size()));
  }

  /// The label of words; neutral where there are none.
  String classify(String text) {
    if (SpokenForm.of(text).isBlank()) {
      return NEUTRAL;
    }
    float[] probabilities = head.probabilities(IntentClassifier.vector(embedder, text));
    for (int label = 0; label < probabilities.length; label++) {
      if (probabilities[label] > SURE[label]) {
        return LABELS.get(label);
      }
    }
    return NEUTRAL;
  }

  static List<Example> examples() {
    try (InputStream in = SentimentClassifier.class.getResourceAsStream("sentiment.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n"))
          .map(line -> line.split("\t"))
          .map(cells -> new Example(cells[0], cells[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
