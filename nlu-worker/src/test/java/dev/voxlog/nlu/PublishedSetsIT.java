package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.entities.EntityFinder;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Score;
import dev.voxlog.schemas.Understanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the classifier does on published intent sets, learnt from a few examples of each intent as
/// from an agent file: CLINC150 with its out-of-scope part and BANKING77, from the folder
/// `voxlog.test.data`.
class PublishedSetsIT {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedSetsIT.class);
  private static final int SHOTS = 10;

  /// Each third or so of the test parts: enough for a percent.
  private static final int EVERY = 3;

  private static final String NO_DATA = "skipped: voxlog.test.data names no folder of test data";

  private Path data;
  private SentenceEmbedder embedder;

  private record Said(String text, String intent) {}

  /// Before each test, not before all: only a test that was reached is counted as skipped.
  @BeforeEach
  void load() {
    String folder =
        System.getProperty(
            "voxlog.test.data", System.getenv().getOrDefault("VOXLOG_TEST_DATA", ""));
    if (folder.isEmpty()) {
      LOG.warn(NO_DATA);
      Assumptions.abort(NO_DATA);
    }
    data = Path.of(folder).resolve("intent");
    embedder = SentenceEmbedder.load();
  }

  @AfterEach
  void close() {
    if (embedder != null) {
      embedder.close();
    }
  }

  private IntentClassifier learn(List<Said> examples) {
    Map<String, List<String>> byIntent = new LinkedHashMap<>();
    examples.forEach(
        said -> byIntent.computeIfAbsent(said.intent(), _ -> new ArrayList<>()).add(said.text()));
    var lessons = new IntentClassifier.Lessons(embedder::embed);
    byIntent.forEach((intent, texts) ->
        lessons.intent(
            intent,
            texts.subList(0, Math.min(SHOTS, texts.size())),
            IntentClassifier.Traits.PLAIN));
    return lessons.learn(embedder::embed);
  }

  private static String bestGuess(IntentClassifier.Verdict verdict) {
    return verdict.alternatives().stream()
        .map(Score::label)
        .filter(label -> !label.equals(Understanding.UNSURE))
        .findFirst()
        .orElseThrow();
  }

  private static double rounded(double percent) {
    return Math.round(percent * 10) / 10.0;
  }

  @Test
  void banking77InTenShots() throws Exception {
    IntentClassifier classifier = learn(lines("train_10"));
    List<Said> test = lines("test");
    int all = 0;
    int best = 0;
    int sure = 0;
    int wrong = 0;
    for (int n = 0; n < test.size(); n += EVERY) {
      IntentClassifier.Verdict verdict = classifier.classify(test.get(n).text());
      boolean isSure = !verdict.intent().equals(Understanding.UNSURE);
      all++;
      best += bestGuess(verdict).equals(test.get(n).intent()) ? 1 : 0;
      sure += isSure ? 1 : 0;
      wrong += isSure && !verdict.intent().equals(test.get(n).intent()) ? 1 : 0;
    }
    LOG.info(
        "BANKING77, {} shots: {} % right by the best guess; sure of {} %, of which {} % wrong; threshold {}",
        SHOTS,
        rounded(100.0 * best / all),
        rounded(100.0 * sure / all),
        rounded(100.0 * wrong / Math.max(1, sure)),
        rounded(classifier.threshold()));
    assertThat(100.0 * best / all).isGreaterThan(84);
    assertThat(100.0 * wrong / Math.max(1, sure)).as("sure and wrong").isLessThan(13);
  }

  private List<Said> lines(String part) throws IOException {
    List<String> texts =
        Files.readAllLines(data.resolve("banking77").resolve(part).resolve("seq.in"));
    List<String> labels =
        Files.readAllLines(data.resolve("banking77").resolve(part).resolve("label"));
    List<Said> said = new ArrayList<>();
    for (int n = 0; n < texts.size(); n++) {
      said.add(new Said(texts.get(n), labels.get(n)));
    }
    return said;
  }

  @Test
  void clinc150WithWhatIsOutOfScope() throws Exception {
    JsonNode sets = new ObjectMapper().readTree(data.resolve("clinc150.json").toFile());
    IntentClassifier classifier = learn(said(sets.path("train")));
    List<Said> inScope = said(sets.path("test"));
    int all = 0;
    int right = 0;
    int best = 0;
    for (int n = 0; n < inScope.size(); n += EVERY) {
      IntentClassifier.Verdict verdict = classifier.classify(inScope.get(n).text());
      all++;
      best += bestGuess(verdict).equals(inScope.get(n).intent()) ? 1 : 0;
      right += verdict.intent().equals(inScope.get(n).intent()) ? 1 : 0;
    }
    List<Said> outOfScope = said(sets.path("oos_test"));
    int told = 0;
    int out = 0;
    for (int n = 0; n < outOfScope.size(); n += EVERY) {
      out++;
      told +=
          classifier.classify(outOfScope.get(n).text()).intent().equals(Understanding.UNSURE)
              ? 1
              : 0;
    }
    LOG.info(
        "CLINC150, {} shots: in scope {} % right by the best guess, {} % right and sure; out of scope {} % told; threshold {}",
        SHOTS,
        rounded(100.0 * best / all),
        rounded(100.0 * right / all),
        rounded(100.0 * told / out),
        Math.round(100 * classifier.threshold()) / 100.0);
    assertThat(100.0 * best / all).isGreaterThan(85);
    assertThat(100.0 * told / out).isGreaterThan(50);
  }

  @Test
  void hardlyAnythingThatIsAskedForIsTakenForAName() throws Exception {
    JsonNode sets = new ObjectMapper().readTree(data.resolve("clinc150.json").toFile());
    List<Said> all = new ArrayList<>(lines("test"));
    List.of("train", "test", "oos_test").forEach(part -> all.addAll(said(sets.path(part))));
    EntityFinder finder = new EntityFinder(List.of(5));
    long introduced = 0;
    long others = 0;
    for (Said each : all) {
      boolean hasName =
          finder.find(each.text(), LocalDate.EPOCH.atStartOfDay(), Answer.ANYTHING).stream()
              .anyMatch(entity -> entity.kind().equals("name"));
      boolean isIntroduced = each.text().matches(".*\\b(my name(?: is|'s)|under the name)\\b.*");
      introduced += hasName && isIntroduced ? 1 : 0;
      others += hasName && !isIntroduced ? 1 : 0;
    }
    LOG.info("{} sentences, {} names introduced, {} others", all.size(), introduced, others);
    assertThat(introduced).isBetween(30L, 50L);
    assertThat(others).isLessThan(5);
  }

  @Test
  void englishIsHardlyEverTakenForAnotherLanguage() throws Exception {
    JsonNode sets = new ObjectMapper().readTree(data.resolve("clinc150.json").toFile());
    Map<String, Integer> guesses = new LinkedHashMap<>();
    for (String part : List.of("test", "oos_test")) {
      for (Said each : said(sets.path(part))) {
        guesses.merge(String.valueOf(LanguageGuess.builtIn().of(each.text())), 1, Integer::sum);
      }
    }
    LOG.info("CLINC150, language: {}", guesses);
    int all = guesses.values().stream().mapToInt(Integer::intValue).sum();
    int english = guesses.getOrDefault("en", 0);
    int others = all - english - guesses.getOrDefault("null", 0);
    assertThat(1000.0 * others / all).isLessThan(1);
    assertThat(100.0 * english / all).isGreaterThan(90);
  }

  private static List<Said> said(JsonNode rows) {
    List<Said> said = new ArrayList<>();
    rows.forEach(row -> said.add(new Said(row.get(0).asText(), row.get(1).asText())));
    return said;
  }
}
