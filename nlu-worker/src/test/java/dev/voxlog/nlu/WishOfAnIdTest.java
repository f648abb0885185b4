package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.agent.Intent;
import dev.voxlog.nlu.AgentUnderstanding.Meaning;
import dev.voxlog.nlu.scripted.WordEmbedder;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Understanding;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/// An order number says what words do not.
class WishOfAnIdTest {
  private static final LocalDateTime TODAY = LocalDate.of(2026, 3, 4).atStartOfDay();
  private static final Agent ACME = AgentFile.read(Path.of("../demo/acme/agent.yaml")).agent();
  private static final WordEmbedder WORDS = new WordEmbedder();
  private static final AgentUnderstanding AGENT = AgentUnderstanding.of(ACME, WORDS, WORDS);

  private static String intent(String text, Answer awaited) {
    return AGENT
        .understand(text, TODAY, new AgentUnderstanding.Awaited(awaited, 0))
        .verdict()
        .intent();
  }

  @Test
  void wordsThatMeanNothingWithAnOrderNumberAskForTheOrder() {
    String words = "how tall is mount everest 73190";

    assertThat(intent("how tall is mount everest", Answer.ANYTHING))
        .isEqualTo(Understanding.UNSURE);
    assertThat(intent(words, Answer.ANYTHING)).isEqualTo("order_status");
  }

  @Test
  void anOrderNumberThatADigitIsMissingOfOrTooManyIsTheWishToo() {
    assertThat(withoutClassifier("7319", Answer.ANYTHING)).isEqualTo("order_status");
    assertThat(withoutClassifier("731905", Answer.ANYTHING)).isEqualTo("order_status");

    assertThat(withoutClassifier("731", Answer.ANYTHING)).isEqualTo(Understanding.UNSURE);
    assertThat(withoutClassifier("5550142268", Answer.ANYTHING)).isEqualTo(Understanding.UNSURE);
    assertThat(withoutClassifier("7319", Answer.DIGITS)).isEqualTo(Understanding.UNSURE);
    assertThat(withoutClassifier("7319", Answer.YES_NO)).isEqualTo(Understanding.UNSURE);
  }

  private static String withoutClassifier(String text, Answer awaited) {
    return AGENT
        .withoutClassifier(text, TODAY, new AgentUnderstanding.Awaited(awaited, 0))
        .verdict()
        .intent();
  }

  @Test
  void anAwaitedNumberIsAnAnswerAndNoWish() {
    Meaning meaning =
        AGENT.withoutClassifier("73190", TODAY, new AgentUnderstanding.Awaited(Answer.DIGITS, 5));

    assertThat(meaning.verdict().intent()).isEqualTo(Understanding.UNSURE);
    assertThat(meaning.entities()).isNotEmpty();
  }

  @Test
  void aCourtesyBesideAnOrderNumberIsOneUnlessAYesOrNoIsAwaited() {
    String courtesy =
        ACME.intents().stream()
            .filter(intent -> intent.target().equals(new Intent.Act(Action.NO)))
            .findFirst()
            .orElseThrow()
            .examples()
            .getFirst();

    assertThat(intent(courtesy, Answer.ANYTHING)).isEqualTo("no");
    assertThat(intent(courtesy + " 73190", Answer.ANYTHING)).isEqualTo("order_status");
    assertThat(intent(courtesy + " 73190", Answer.YES_NO)).isEqualTo("no");
  }

  @Test
  void aSureWishStandsBesideAnOrderNumber() {
    String example = ACME.intent("person").orElseThrow().examples().getFirst() + " about 73190";

    assertThat(intent(example, Answer.ANYTHING)).isEqualTo("person");
  }

  @Test
  void theNumberIsUnderstoodWhenTheClassifierBreaks() {
    Meaning meaning = AGENT.withoutClassifier("73190", TODAY, AgentUnderstanding.Awaited.ANYTHING);

    assertThat(meaning.verdict().intent()).isEqualTo("order_status");
    assertThat(meaning.entities()).isNotEmpty();
  }
}
