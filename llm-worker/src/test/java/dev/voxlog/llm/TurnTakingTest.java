package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Sentence;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnTakingTest {
  private final CallLab call = CallLab.greeted();

  @Test
  void noUtteranceIsAnsweredBeforeItsVerdict() {
    call.understood(1, "thank you", "thanks");
    assertThat(call.turn()).isEqualTo(1);

    call.rules(1, 0, Ruling.CLEAR);
    assertThat(call.said()).containsExactly("You're welcome.", "Is there anything else?");
  }

  @Test
  void aVerdictThatComesFirstWaitsForTheWords() {
    call.rules(1, 0, Ruling.CLEAR);
    assertThat(call.turn()).isEqualTo(1);

    call.understood(1, "thank you", "thanks");
    assertThat(call.turn()).isEqualTo(2);
  }

  @Test
  void whatIsUnderstoodProvisionallyIsNeverAnsweredAndChangesNoAnswer() {
    call.rules(1, 0, Ruling.CLEAR);
    call.provisional(1, 3, "connect me with a human", "person");
    call.lab.advance(Duration.ofSeconds(5));
    assertThat(call.turn()).isEqualTo(1);

    call.understood(1, "thank you", "thanks");
    call.provisional(1, 4, "connect me with a human", "person");
    assertThat(call.ended()).hasSize(2);
    assertThat(call.said().getFirst()).isEqualTo("You're welcome.");
    assertThat(call.lab.step().atRest()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESUMED", "UNKNOWN"})
  void whatDidNotInterruptIsNeverAnswered(Ruling ruling) {
    call.understood(1, "mhm", "unsure");
    call.rules(1, 0, ruling, 1);

    assertThat(call.turn()).isEqualTo(1);
  }

  @Test
  void aResumedThatIsFollowedByAnInterruptedIsAnsweredOnce() {
    call.understood(1, "no wait a person please", "person");
    call.rules(1, 0, Ruling.RESUMED, 1);
    call.rules(1, 1, Ruling.INTERRUPTED, 1);
    call.rules(1, 0, Ruling.RESUMED, 1);

    assertThat(call.ended()).hasSize(2);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void anUtteranceIsAnsweredOnceHoweverOftenItIsTold() {
    call.says("thank you", "thanks");
    call.understood(1, "thank you", "thanks").rules(1, 0, Ruling.CLEAR);

    assertThat(call.ended()).hasSize(2);
  }

  @Test
  void whatIsAddedBeforeTheAnswerIsHeardJoinsItsTurn() {
    call.says("where is my order", "order_status");
    call.says("it's four five eight one two", "unsure", orderId("45812"));

    assertThat(call.ended())
        .extracting(end -> end.utterances().toString())
        .containsExactly("[]", "[1]", "[1, 2]");
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.ended().getLast().turn()).isEqualTo(3);
  }

  @Test
  void afterSomethingOfTheAnswerWasHeardWhatIsAddedIsATurnOfItsOwn() {
    call.says("where is my order", "order_status");
    call.hears(call.sentences().getFirst(), "Sure,", false);
    call.says("it's four five eight one two", "unsure", orderId("45812"));

    assertThat(call.ended().getLast().utterances()).containsExactly(2);
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void twoWishesInOneTurnAreBothAnswered() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    call.says("and connect me to a person", "person");

    assertThat(call.said())
        .startsWith("It has shipped.")
        .last()
        .isEqualTo("Please stay on the line.");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void anInterruptionEndsTheAnswerAndItsWordsAreAnsweredNext() {
    call.says("what can you do", "help");
    call.hears(call.sentences().getFirst(), "I can tell you", false);
    call.rules(2, 0, Ruling.INTERRUPTED, 2);
    call.understood(2, "stop a person please", "person");

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.ended().getLast().utterances()).containsExactly(2);
  }

  @Test
  void anInterruptionBeforeAnyOfItWasHeardIsAnsweredTogetherWithWhatItCutOff() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    call.rules(2, 0, Ruling.INTERRUPTED, 2);
    call.understood(2, "please", "unsure");

    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void anAnswerCutOffUnheardByANoiseIsGivenWhenItStaysSilent() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    call.rules(2, 0, Ruling.INTERRUPTED, 2);
    call.isSilent(1);

    assertThat(call.turn()).isEqualTo(3);
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void turnNumbersOnlyGrow() {
    call.says("thank you", "thanks").says("hello", "greeting").isSilent(1).presses("*");

    assertThat(call.lab.emitted(Sentence.class)).extracting(Sentence::turn).isSorted();
    assertThat(call.ended()).extracting(end -> end.turn()).containsExactly(1, 2, 3, 4, 5);
  }
}
