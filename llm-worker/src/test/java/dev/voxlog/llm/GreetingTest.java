package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private final CallLab call = new CallLab();

  @Test
  void nothingIsSaidBeforeTheCallersStreamIsThere() {
    assertThat(call.lab.emitted()).isEmpty();
  }

  @Test
  void turnOneGreetsAndSaysThatThisIsAMachineInASentenceThatCannotBeInterrupted() {
    call.attach();

    assertThat(call.sentences(1))
        .extracting(Sentence::text)
        .containsExactly(
            "Thanks for calling Acme.", "I'm an automated assistant.", "How can I help you today?");
    assertThat(call.sentences(1))
        .extracting(Sentence::purpose)
        .containsExactly(Purpose.ANSWER, Purpose.DISCLOSURE, Purpose.ANSWER);
    assertThat(call.ended())
        .singleElement()
        .satisfies(end -> {
          assertThat(end.turn()).isEqualTo(1);
          assertThat(end.sentences()).isEqualTo(3);
          assertThat(end.next()).isEqualTo(Next.LISTEN);
          assertThat(end.route()).isEqualTo("greeting");
        });
  }

  @Test
  void aStreamThatComesAgainIsNotGreetedAgain() {
    call.attach();
    call.attach();

    assertThat(call.ended()).hasSize(1);
  }

  @Test
  void whatIsSaidIntoTheGreetingIsAnsweredOnceEgressHasRuledIt() {
    call.attach();
    call.hears(call.sentences(1).getFirst(), "Thanks for calling Acme.", true);
    call.understood(1, "I want to talk to a person", "person");
    assertThat(call.turn()).isEqualTo(1);

    call.rules(1, 0, Ruling.INTERRUPTED, 1);

    assertThat(call.turn()).isEqualTo(2);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aSuccessorThatFindsTheGreetingInTheLogDoesNotSayItAgain() {
    call.lab.holdCheckpoints();
    call.attach();
    call.lab.takeOver();

    assertThat(call.lab.emitted(Sentence.class)).hasSize(3);
  }
}
