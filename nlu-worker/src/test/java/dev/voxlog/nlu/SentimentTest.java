package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.SentimentClassifier.Example;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.testkit.StepLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What callers say with and without feeling, in sentences that the head was not trained with.
class SentimentTest {
  private static final Logger LOG = LoggerFactory.getLogger(SentimentTest.class);

  private static SentenceEmbedder embedder;
  private static SentimentClassifier classifier;

  @BeforeAll
  static void learn() {
    embedder = SentenceEmbedder.load();
    classifier = SentimentClassifier.train(embedder::embed, embedder::embed);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  static List<Example> lines(String resource) throws IOException {
    try (var in = SentimentTest.class.getResourceAsStream(resource)) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("\n"))
          .map(line -> line.split("\t"))
          .map(cells -> new Example(cells[0], cells[1]))
          .toList();
    }
  }

  /// How many of each label were taken for which.
  static Map<String, Map<String, Long>> taken(SentimentClassifier classifier, List<Example> said) {
    return said.stream()
        .collect(
            Collectors.groupingBy(
                Example::label,
                TreeMap::new,
                Collectors.groupingBy(
                    each -> classifier.classify(each.text()),
                    TreeMap::new,
                    Collectors.counting())));
  }

  private static double share(Map<String, Map<String, Long>> taken, String label, String as) {
    Map<String, Long> row = taken.getOrDefault(label, Map.of());
    long all = row.values().stream().mapToLong(each -> each).sum();
    return (double) row.getOrDefault(as, 0L) / Math.max(1, all);
  }

  @Test
  void noneOfTheSentencesIsAmongTheExamples() throws IOException {
    List<String> known =
        SentimentClassifier.examples().stream().map(each -> SpokenForm.of(each.text())).toList();
    assertThat(known).doesNotHaveDuplicates();
    for (String held :
        List.of("sentiment-held-out.tsv", "acme-paraphrases.tsv", "plain-support.tsv")) {
      assertThat(lines(held))
          .filteredOn(each -> !each.label().equals("thanks"))
          .extracting(each -> SpokenForm.of(each.text()))
          .as(held)
          .doesNotContainAnyElementsOf(known);
    }
  }

  @Test
  void feelingsAreTold() throws IOException {
    List<Example> said = lines("sentiment-held-out.tsv");
    Map<String, Map<String, Long>> taken = taken(classifier, said);
    LOG.info("held out: {}", taken);
    for (String label : List.of("negative", "neutral", "positive")) {
      assertThat(share(taken, label, label)).as(label).isGreaterThan(0.8);
    }
    assertThat(share(taken, "negative", "positive")).isLessThan(0.05);
    assertThat(share(taken, "positive", "negative")).isLessThan(0.05);
  }

  @Test
  void whatCallersOfAcmeWantIsMostlyNeutral() throws IOException {
    List<Example> wishes =
        lines("acme-paraphrases.tsv").stream()
            .filter(each -> !each.label().equals("thanks"))
            .toList();
    long neutral =
        wishes.stream()
            .filter(each -> classifier.classify(each.text()).equals(SentimentClassifier.NEUTRAL))
            .count();
    LOG.info("wishes: {} of {} neutral", neutral, wishes.size());
    assertThat(neutral).isGreaterThanOrEqualTo(wishes.size() * 85L / 100);
  }

  @Test
  void whatIsSaidOfAnOrderWithoutFeelingIsMostlyNeutral() throws IOException {
    List<Example> plain = lines("plain-support.tsv");
    List<String> judged =
        plain.stream()
            .filter(each -> !classifier.classify(each.text()).equals(SentimentClassifier.NEUTRAL))
            .map(Example::text)
            .toList();
    LOG.info("plain: {} of {} not neutral: {}", judged.size(), plain.size(), judged);
    assertThat(judged)
        .hasSizeLessThanOrEqualTo(plain.size() / 9)
        .doesNotContain("Can I get my money back", "I don't need it anymore");
  }

  @Test
  void theFeelingIsInWhatIsToldOfAnUtterance(@TempDir Path cache) {
    NluWorker worker = NluWorker.embedded(embedder, cache, ZoneId.of("UTC"));
    StepLab lab =
        NluStepTest.lab(worker)
            .give(NluStepTest.said(1, "Where is my order?"))
            .give(NluStepTest.said(2, "I'm really angry, nobody ever calls me back."))
            .work();
    assertThat(lab.emitted(Understood.class))
        .extracting(Understood::utterance, Understood::sentiment)
        .containsExactlyInAnyOrder(tuple(1, "neutral"), tuple(2, "negative"));
  }

  @Test
  void aWorkerThatGoesByTheWordsAloneJudgesNoFeeling() {
    StepLab lab =
        NluStepTest.lab(NluWorker.scripted(ZoneId.of("UTC")))
            .give(NluStepTest.said(1, "I'm really angry."))
            .work();
    assertThat(lab.emitted(Understood.class))
        .singleElement()
        .satisfies(understood -> assertThat(understood.sentiment()).isNull());
  }

  /// Told, not judged: other work on the machine moves it.
  @Test
  void withTheVectorThereTheFeelingCostsNextToNothing() {
    SentimentClassifier cached =
        SentimentClassifier.train(embedder::embed, new RecentVectors(embedder::embed));
    String text = "I have been waiting for my lamp for three weeks now and nobody calls me.";
    for (int n = 0; n < 5_000; n++) {
      cached.classify(text);
    }
    long begun = System.nanoTime();
    for (int n = 0; n < 1_000; n++) {
      cached.classify(text);
    }
    LOG.info("{} µs for a feeling", (System.nanoTime() - begun) / 1_000_000.0);
    assertThat(cached.classify(text)).isEqualTo("negative");
  }

  @Test
  void withoutWordsThereIsNoFeeling() {
    assertThat(classifier.classify("...")).isEqualTo("neutral");
  }
}
