package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final CallLab call = CallLab.greeted();

  @Test
  void aSilentCallerIsAskedTwiceAndThenToldGoodbye() {
    call.isSilent(1).hearsAll();
    assertThat(call.said()).first().isEqualTo("Are you still there?");
    assertThat(call.ended().getLast().route()).isEqualTo("reprompt");

    call.isSilent(2).hearsAll();
    assertThat(call.said()).first().isEqualTo("I'm still here.");
    assertThat(call.next()).isEqualTo(Next.LISTEN);

    call.isSilent(3);
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    assertThat(call.said()).last().isEqualTo("Goodbye.");
  }

  @Test
  void aSilenceInAFlowAsksTheFlowsQuestionAgain() {
    call.says("where is my order", "order_status").hearsAll();
    call.isSilent(1);

    assertThat(call.said()).first().isEqualTo("Are you still there?");
    assertThat(call.said()).last().isEqualTo("What's your five digit order number?");
  }

  @Test
  void aSilenceAfterAnEarlierTurnIsOutOfDate() {
    call.says("thank you", "thanks");
    call.lab.give(new CallEvent.Silence(CallLab.ID, Instant.EPOCH, 1, 1, 8_000));

    assertThat(call.turn()).isEqualTo(2);
  }

  @Test
  void whoAskedForAMomentIsNotHurried() {
    call.says("hold on a second", "hold_on").hearsAll();
    assertThat(call.saidAll()).isEqualTo("Of course, take your time.");

    call.isSilent(1);
    assertThat(call.turn()).isEqualTo(2);
    call.isSilent(2);
    assertThat(call.saidAll()).startsWith("I'm still here.");
  }

  @Test
  void theGreetingIsNotCountedAsAnAnswerThatIsOwed() {
    CallLab fresh = new CallLab();
    fresh.attach();
    fresh.rules(1, 1, CallEvent.Ruling.INTERRUPTED, 1);
    fresh.isSilent(1);

    assertThat(fresh.saidAll()).startsWith("Are you still there?");
  }
}
