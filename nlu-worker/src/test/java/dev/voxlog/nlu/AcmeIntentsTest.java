package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.entities.EntityFinder;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Score;
import dev.voxlog.schemas.Understanding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The demo agent's callers, in wordings that are not in its file.
class AcmeIntentsTest {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeIntentsTest.class);
  private static final Agent ACME = AgentFile.read(Path.of("../demo/acme/agent.yaml")).agent();

  private static SentenceEmbedder embedder;
  private static IntentClassifier classifier;

  @BeforeAll
  static void learn() {
    embedder = SentenceEmbedder.load();
    classifier = IntentClassifier.train(ACME, embedder::embed, embedder::embed);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  /// A sentence and what it should be taken for; "unsure" where it is none of Acme's business.
  private record Said(String intent, String text) {
    boolean isOut() {
      return intent.equals(Understanding.UNSURE);
    }

    boolean isRight(String verdict) {
      return verdict.equals(intent) || isOut() && verdict.equals("out_of_scope");
    }
  }

  private static List<Said> paraphrases() throws IOException {
    try (var in = AcmeIntentsTest.class.getResourceAsStream("acme-paraphrases.tsv")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("\n"))
          .map(line -> line.split("\t"))
          .map(cells -> new Said(cells[0], cells[1]))
          .toList();
    }
  }

  @Test
  void noneOfTheSentencesIsInTheFile() throws IOException {
    List<String> known =
        ACME.intents().stream()
            .flatMap(intent -> intent.examples().stream())
            .map(SpokenForm::of)
            .toList();
    assertThat(paraphrases())
        .extracting(said -> SpokenForm.of(said.text().toLowerCase(Locale.ROOT)))
        .doesNotContainAnyElementsOf(known);
  }

  @Test
  void otherWordingsOfTheAgentsIntentsAreUnderstood() throws IOException {
    List<Said> inScope = paraphrases().stream().filter(said -> !said.isOut()).toList();
    long right = 0;
    long wrong = 0;
    for (Said said : inScope) {
      String verdict = classifier.classify(said.text()).intent();
      right += said.isRight(verdict) ? 1 : 0;
      wrong += said.isRight(verdict) || verdict.equals(Understanding.UNSURE) ? 0 : 1;
      if (!said.isRight(verdict)) {
        LOG.info("{} taken for {}: {}", said.intent(), verdict, said.text());
      }
    }
    LOG.info("in scope: {} of {} right, {} taken for something else", right, inScope.size(), wrong);
    assertThat(right).isGreaterThanOrEqualTo(inScope.size() * 9L / 10);
    assertThat(wrong)
        .as("what is not known is unsure rather than wrong")
        .isLessThanOrEqualTo(inScope.size() / 25);
  }

  @Test
  void whatIsNoneOfTheAgentsBusinessIsNotTakenForIt() throws IOException {
    List<Said> outOfScope = paraphrases().stream().filter(Said::isOut).toList();
    long right =
        outOfScope.stream()
            .filter(said -> said.isRight(classifier.classify(said.text()).intent()))
            .count();
    LOG.info("out of scope: {} of {} told", right, outOfScope.size());
    assertThat(right).isGreaterThanOrEqualTo(outOfScope.size() * 9L / 10);
  }

  /// Placeholders say what was there, and are no digits.
  @Test
  void whoReadsACardsNumberAloudIsUnderstoodThoughItIsMasked() {
    EntityFinder finder = new EntityFinder(List.of(5));
    assertThat(
            List.of(
                "[card number]",
                "Okay, my card number is [card number].",
                "It's [card number], and the code is [security code].",
                "uh, [long number]"))
        .allSatisfy(text -> assertThat(classifier.classify(text).intent()).isEqualTo("card_number"))
        .allSatisfy(text ->
            assertThat(
                    finder.find(
                        text, LocalDate.of(2026, 1, 1).atStartOfDay(), CallEvent.Answer.CODE))
                .isEmpty());
  }

  @Test
  void numbersDoNotMoveAnIntent() {
    assertThat(
            List.of(
                "Please look up order 45871",
                "Please look up order four five eight seven one",
                "please look up order 90,317"))
        .allSatisfy(
            text -> assertThat(classifier.classify(text).intent()).isEqualTo("order_status"));
  }

  @Test
  void aLongUtteranceIsUnderstoodByTheClauseThatSaysWhatIsWanted() {
    assertThat(
            classifier
                .classify(
                    "Good morning. I was hoping you might help me, and I would like to know where"
                        + " my parcel is.")
                .intent())
        .isEqualTo("order_status");
    assertThat(classifier.classify("Thanks. What is your return policy?").intent())
        .isEqualTo("question");
    assertThat(classifier.classify("Hi there. Can someone please call me back?").intent())
        .isEqualTo("callback");
  }

  @Test
  void anOrderNumberInTheWordsIsEvidence() {
    String text = "I'm calling regarding 45871.";
    double without = probability(classifier.classify(text), "order_status");
    double with =
        probability(classifier.classify(text, Set.of("orderId", "digits")), "order_status");
    assertThat(with).isGreaterThan(without);
  }

  private static double probability(IntentClassifier.Verdict verdict, String intent) {
    return verdict.alternatives().stream()
        .filter(score -> score.label().equals(intent))
        .mapToDouble(Score::probability)
        .findFirst()
        .orElse(0);
  }

  @Test
  void nothingSaidIsUnsure() {
    assertThat(classifier.classify("...").intent()).isEqualTo(Understanding.UNSURE);
  }

  @Test
  void anUtteranceTakesMilliseconds() {
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    for (int warm = 0; warm < 20; warm++) {
      classifier.classify("where might my parcel be " + warm);
    }
    long before = threads.getCurrentThreadCpuTime();
    for (int n = 0; n < 50; n++) {
      classifier.classify("could you tell me where my parcel is right now");
    }
    double millis = (threads.getCurrentThreadCpuTime() - before) / 50e6;
    LOG.info("{} ms of CPU an utterance", Math.round(millis * 10) / 10.0);
    assertThat(millis).isLessThan(40);
  }

  @Test
  void aCallIsNotEndedByWordsThatMayMeanSomethingElse() {
    assertThat(classifier.classify("That's all.").intent()).isEqualTo("goodbye");
    assertThat(
            classifier
                .classify("A cow crossed the field by the old barn at noon. That's all.")
                .intent())
        .isNotEqualTo("goodbye");
    assertThat(
            classifier.classify("I got a hoover here. So at last bring it now. We start.").intent())
        .isNotEqualTo("goodbye");
    assertThat(
            classifier
                .classify("Okay great, thank you so much for all of your help, goodbye then.")
                .intent())
        .isEqualTo("goodbye");
    assertThat(classifier.classify("Okay, great. That was all, bye now.").intent())
        .isEqualTo("goodbye");
  }

  @Test
  void whatOnlySoundsLikeTheEndDoesNotEndTheCall() {
    for (String misheard :
        List.of(
            "You know, just coming today.",
            "So see it there.",
            "Oh, have it today then.",
            "Okay, it's for you.")) {
      assertThat(classifier.classify(misheard).intent()).as(misheard).isNotEqualTo("goodbye");
    }
    for (String said :
        List.of("Bye.", "No, that's it.", "That's everything, thank you.", "Nothing else.")) {
      assertThat(classifier.classify(said).intent()).as(said).isEqualTo("goodbye");
    }
  }
}
