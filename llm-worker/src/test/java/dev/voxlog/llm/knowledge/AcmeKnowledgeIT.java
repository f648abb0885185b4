package dev.voxlog.llm.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.models.SentenceEmbedder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Acme's documents searched with the real sentence model, by questions in words that are not in
/// them.
class AcmeKnowledgeIT {
  private static SentenceEmbedder model;
  private static AgentBundle acme;
  private static KnowledgeIndex index;

  @BeforeAll
  static void index() {
    model = SentenceEmbedder.load(Path.of("target", "embedder"));
    acme = AgentBundle.load(Path.of("../demo/acme/agent.yaml"));
    index = KnowledgeIndex.of(acme.knowledge(), TextEmbedder.of(model));
  }

  @AfterAll
  static void close() {
    index.close();
    model.close();
  }

  private static List<Found> found(String question) {
    return index.search(question, minScore(), 1);
  }

  /// What is found to words that were surely understood as a question to the documents.
  private static List<Found> foundForASureQuestion(String question) {
    return index.search(question, KnowledgeIndex.OF_A_SURE_QUESTION * minScore(), 1);
  }

  private static double minScore() {
    return Objects.requireNonNull(acme.agent().knowledge()).minScore();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by when must i have given a thing back to you | thirty days",
        "i don't like the lamp i bought can i give it back | thirty days",
        "i sent it back last week when do i see my money | five working days",
        "can i swap it for another color | exchange",
        "can you take it back though the receipt is gone | without a receipt",
        "what does it cost to have something delivered | four dollars and ninety-five",
        "how many days until a normal parcel gets here | three to five working days",
        "i need it very fast is there some quicker delivery | express",
        "do you deliver on weekends | saturday",
        "what happens when i'm not home for the delivery | neighbor",
        "do you send things to germany | europe",
        "do i have to pay customs | customs",
        "can i use apple pay | apple pay",
        "can i pay in several parts | installments",
        "will you charge me right away | charge your card",
        "i need a receipt for my taxes | invoice",
        "my discount code isn't accepted | promo code",
        "how long is my drill guaranteed | warranty",
        "does the guarantee cover batteries | batteries",
        "the vase came in pieces | damaged or broken",
        "you sent me something i didn't order | wrong item",
        "one of the chairs was not in the box | missing",
        "when do your shops close | eight in the evening",
        "are you open on thanksgiving | holidays",
        "how can i call off my order | cancel an order",
        "i moved can you send it to my new address | delivery address",
        "how do i get bonus points | point",
        "what are a hundred points worth | five dollars off",
        "can i collect it myself at the shop | pick up your order",
        "which city has a shop | forty cities",
        "is there an email i can write to | help at acme",
        "i would like to complain about your driver | complaint",
        "i can't log in anymore | password",
        "please stop sending me ads | newsletter",
        "do gift vouchers run out | never expire",
        "how much is left on my gift card | balance",
        "i saw it cheaper somewhere else | match prices",
        "is there a discount for teachers | ten percent"
      })
  void aQuestionInOtherWordsFindsItsAnswer(String question, String words) {
    assertThat(found(question))
        .as(question)
        .singleElement()
        .satisfies(found ->
            assertThat(String.join(" ", found.sentences()).toLowerCase(Locale.ROOT))
                .contains(words));
  }

  @Test
  void whatLeadsUpToAQuestionDoesNotHideIt() {
    String asked =
        "Listen, my sister told me about your shop and I bought a blue chair there on Monday."
            + " Until when could I give it back to you?";

    assertThat(String.join(" ", found(asked).getFirst().sentences())).contains("thirty days");
  }

  private static final List<String> UNANSWERED =
      List.of(
          "who painted the mona lisa",
          "what will the weather be like tomorrow",
          "can you book me a flight to boston",
          "how tall is mount everest",
          "what is the capital of australia",
          "do you have a job for me",
          "how do i boil an egg",
          "can you tell me a joke",
          "what's my bank balance",
          "who is your chief executive",
          "how do i fix my internet",
          "which team won last night",
          "can you call me a taxi",
          "what medicine helps against a headache",
          "how do i renew my passport");

  @Test
  void mostQuestionsThatNoDocumentAnswersFindNothing() {
    assertThat(UNANSWERED)
        .filteredOn(question -> !found(question).isEmpty())
        .as("answered though no document does")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void mostOfThemFindNothingEvenIfTheyAreTakenForQuestionsToTheDocuments() {
    assertThat(UNANSWERED)
        .filteredOn(question -> !foundForASureQuestion(question).isEmpty())
        .as("answered though no document does")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void answersAreShortEnoughForThePhone() {
    for (String question :
        List.of("what is your return policy", "how do i pay", "tell me about the warranty")) {
      String said = String.join(" ", found(question).getFirst().sentences());
      assertThat(said.split(" ").length).as(said).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void aSearchTakesSomeMilliseconds() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    found("warm up");
    long from = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 20; i++) {
      found("can i return my order number " + i);
    }
    double each = (threads.getCurrentThreadCpuTime() - from) / 20e6;

    assertThat(each).as("ms of CPU per search").isLessThan(60);
  }
}
