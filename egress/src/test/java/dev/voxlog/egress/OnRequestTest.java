package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Silence;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.schemas.media.MediaFrame;
import org.junit.jupiter.api.Test;

/// When the caller's program says what is to be answered, and maybe what is to be heard.
class OnRequestTest {
  private static final String LONG = "one two three four five six seven eight";
  private final CallLab asking = CallLab.program(TurnDetection.USUAL.answeredOnRequest());
  private final CallLab pushing = CallLab.program(TurnDetection.PUSH_TO_TALK);

  @Test
  void whoWaitsToBeAskedTakesNoOffenceAtSilence() {
    asking.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "well then");
    asking.pass(120_000);

    assertThat(asking.told(Silence.class)).isEmpty();
    assertThat(asking.verdicts()).containsExactly("1.1 CLEAR 0");
  }

  @Test
  void anAnswerThatWasAskedForIsHeardThoughTheCallerHasSaidMoreMeanwhile() {
    asking.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "where is my order");
    asking.pass(500).startsSpeaking(2).turn(2, "It has shipped").pass(1_000);
    asking.assertHeard(audio(1, 0, 0, 250));

    asking.stopsSpeaking(2, "and my money").pass(1_000);
    asking.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 750));
  }

  @Test
  void whatIsSaidStillStopsTheAgentIfItIsToBeDetected() {
    asking.turn(1, LONG).pass(500).startsSpeaking(1).pass(300).words(1, 1, "where is my order");

    assertThat(asking.verdicts()).containsExactly("1.1 INTERRUPTED 1");
  }

  @Test
  void whatIsCommittedWhileTheAgentSpeaksDoesNotStopIt() {
    pushing.turn(1, LONG).pass(500).commits(1, "where is my order").pass(2_000);

    assertThat(pushing.verdicts()).containsExactly("1.1 CLEAR 0");
    assertThat(pushing.carrier().commands(MediaFrame.Clear.class)).isEmpty();
    pushing.assertHeard(audio(1, 0, 0, 2_000));
  }

  @Test
  void afterACancelWhatIsCommittedIsClearAtOnce() {
    pushing.turn(1, LONG).pass(500).cancels(1).commits(1, "where is my order");

    assertThat(pushing.verdicts()).containsExactly("1.1 CLEAR 0");
    pushing.turn(2, "It has shipped").pass(1_500);
    pushing.assertHeard(audio(1, 0, 0, 500), audio(2, 0, 0, 750));
  }
}
