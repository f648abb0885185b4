package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Next;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The end of a call that has lasted as long as it may.
class TimeUpTest {
  private static final Duration LIMIT = CallLab.ACME.agent().limits().maxCallDuration();
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final CallLab call = CallLab.greeted();

  private void timeIsAlmostUp() {
    call.lab.advance(LIMIT.minus(FAREWELL).minusMillis(1));
    assertThat(call.next()).isEqualTo(Next.LISTEN);
  }

  @Test
  void aQuietCallEndsWithAGoodbyeThatBeginsBeforeItsTimeIsUp() {
    timeIsAlmostUp();
    call.lab.advance(Duration.ofMillis(1));

    assertThat(call.saidAll()).contains("time limit").endsWith("Goodbye.");
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    assertThat(call.ended()).hasSize(2);

    call.hearsAll();
    call.lab.advance(Duration.ofSeconds(10));
    assertThat(call.ended()).as("it is said once").hasSize(2);
  }

  @Test
  void anAnswerThatIsBeingSaidIsHeardFirst() {
    timeIsAlmostUp();
    call.says("thank you", "thanks");
    call.lab.advance(Duration.ofMillis(500));
    assertThat(call.next()).isEqualTo(Next.LISTEN);
    assertThat(call.ended()).hasSize(2);

    call.hearsAll();
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
    assertThat(call.ended()).hasSize(3);
  }

  @Test
  void aToolCallThatIsBeingMadeIsAnsweredFirst() {
    timeIsAlmostUp();
    var answer = call.tools.nextIsSlow();
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    call.lab.advance(Duration.ofMillis(500));
    answer.complete(call.tools.known("45812"));
    assertThat(call.saidAll()).startsWith("It has shipped.");

    call.hearsAll();
    assertThat(call.next()).isEqualTo(Next.HANG_UP);
  }

  @Test
  void whatTheCallerIsSayingThenIsAnsweredWithTheGoodbye() {
    timeIsAlmostUp();
    call.rules(1, 0, Ruling.CLEAR);
    call.lab.advance(Duration.ofMillis(500));
    assertThat(call.turn()).isEqualTo(1);

    call.understood(1, "thank you", "thanks");
    assertThat(call.saidAll()).contains("time limit");
    assertThat(call.ended().getLast().utterances()).containsExactly(1);
    call.hearsAll();
    assertThat(call.ended()).hasSize(2);
  }

  @Test
  void whoIsBeingToldGoodbyeIsToldNoOther() {
    timeIsAlmostUp();
    call.says("that's all", "goodbye");
    call.lab.advance(Duration.ofMillis(500));
    call.hearsAll();

    assertThat(call.ended()).hasSize(2);
    assertThat(call.ended().getLast().intent()).isEqualTo("goodbye");
  }

  @Test
  void theTimeBeforeATakeoverCounts() {
    call.lab.advance(LIMIT.dividedBy(2));
    call.says("thank you", "thanks").hearsAll();
    call.lab.takeOver();
    call.lab.advance(LIMIT.dividedBy(2).minus(FAREWELL));

    assertThat(call.next()).isEqualTo(Next.HANG_UP);
  }

  @Test
  void aGoodbyeInTheLogIsNotSaidAgain() {
    call.lab.holdCheckpoints();
    timeIsAlmostUp();
    call.lab.advance(Duration.ofMillis(1));
    List<String> said = call.said();
    call.lab.takeOver();
    call.lab.advance(LIMIT);

    assertThat(call.said()).isEqualTo(said);
    assertThat(call.ended()).hasSize(2);
  }
}
