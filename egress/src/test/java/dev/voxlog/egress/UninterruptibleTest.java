package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.media.MediaFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the caller's program wants nothing that is said to stop the agent.
class UninterruptibleTest {
  private static final String LONG = "one two three four five six seven eight";
  private final CallLab call = CallLab.uninterruptibleProgram();

  private CallLab isSpokenOver() {
    return call.startsSpeaking(1)
        .pass(300)
        .words(1, 1, "where is my")
        .pass(300)
        .stopsSpeaking(1, "where is my order");
  }

  @Test
  void whatIsSaidOverTheAgentIsAnsweredOnceTheAgentHasFinished() {
    call.turn(1, LONG, "nine ten").pass(500);
    isSpokenOver().pass(500);
    assertThat(call.verdicts()).isEmpty();
    call.pass(1_500);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).isEmpty();
    call.turn(2, "It has shipped").pass(1_500);
    call.assertHeard(audio(1, 0, 0, 2_000), audio(1, 1, 0, 500), audio(2, 0, 0, 750));
  }

  @ParameterizedTest(name = "dies {0} ms into the turn")
  @ValueSource(ints = {130, 600, 1_010})
  void soItIsForWhoeverTakesTheCallOver(int ms) {
    call.turn(1, "Hello").pass(1_000).turn(2, LONG).pass(ms).lab.takeOver();
    isSpokenOver().pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 2_000));
  }

  @Test
  void aNoiseChangesNothing() {
    call.turn(1, LONG).pass(500).startsSpeaking(1).pass(400).stopsSpeaking(1, "").pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).isEmpty();
    call.assertHeard(audio(1, 0, 0, 2_000));
  }

  @Test
  void whatIsTypedAndWhatIsCancelledStopItAllTheSame() {
    call.turn(1, LONG).pass(500).types(1, "where is my order").pass(1_000);
    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    call.turn(2, LONG).pass(500).cancels(1).pass(3_000);

    call.assertHeard(audio(1, 0, 0, 500), audio(2, 0, 0, 500));
  }
}
