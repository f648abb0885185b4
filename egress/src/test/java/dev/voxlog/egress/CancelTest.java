package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Cancelled;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Verdict;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the caller's program asks that the agent stop, or types.
class CancelTest {
  private static final String LONG = "one two three four five six seven eight";
  private final CallLab call = CallLab.program();

  @Test
  void whatPlaysIsBrokenOffAndWhatWasHeardOfItIsTold() {
    call.turn(1, LONG, "never heard").pass(600).cancels(1).pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600));
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).hasSize(1);
    assertThat(call.heard()).containsExactly("1.0 part ESTIMATED one two");
    assertThat(cancelled(call)).containsExactly("1.1 turn 1");
    assertThat(call.told(Verdict.class)).isEmpty();
    assertThat(call.ends()).isEmpty();
  }

  @Test
  void whatTheTurnHadStillToSayIsNotHeardAndTheNextOneIs() {
    call.says(1, 0, LONG).pass(600).cancels(1);
    call.says(1, 1, "too late").endsTurn(1, 2, Next.HANG_UP).pass(1_000);
    call.turn(2, "Of course").pass(1_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 500));
    assertThat(call.ends()).isEmpty();
  }

  @Test
  void aDisclosureIsHeardAllTheSame() {
    call.says(1, 0, "I am a machine", Purpose.DISCLOSURE)
        .says(1, 1, LONG)
        .endsTurn(1, 2, Next.LISTEN)
        .pass(300)
        .cancels(1)
        .pass(3_000);

    assertThat(call.heard()).first().isEqualTo("1.0 whole ACKED I am a machine");
    assertThat(call.carrier().heard()).startsWith(audio(1, 0, 0, 1_000)).hasSizeLessThan(8 * 1_100);
  }

  @Test
  void whereNothingIsSaidNothingIsCancelled() {
    call.turn(1, "Hello").pass(1_000).cancels(1).turn(2, "How are you").pass(2_000);

    assertThat(cancelled(call)).containsExactly("1.1 turn 0");
    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 750));
  }

  @Test
  void whatIsHeldBecauseTheCallerSpeaksIsDroppedAndTheirWordsAreAnswered() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).cancels(1);
    call.stopsSpeaking(1, "where is it").pass(100).turn(2, "Here").pass(1_000);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 250));
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void aSuccessorDoesNotCancelAnotherTurn(String topic) {
    call.lab.holdCheckpoints();
    call.turn(1, LONG).pass(600).cancels(1).pass(300);
    call.turn(2, LONG).pass(700).lab.takeOver(Topic.valueOf(topic));
    call.pass(4_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 2_000));
    assertThat(cancelled(call)).containsExactly("1.1 turn 1");
    assertThat(call.heard()).endsWith("2.0 whole ACKED " + LONG);
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void aCancelledTurnStaysCancelledAtTheSuccessor(String topic) {
    call.turn(1, LONG).pass(600).cancels(1).lab.takeOver(Topic.valueOf(topic));
    call.pass(4_000);

    call.assertHeard(audio(1, 0, 0, 600));
    assertThat(cancelled(call)).hasSize(1);
  }

  // How far the program had played.

  @Test
  void whatTheProgramSaysItPlayedCorrectsWhatTheClockSaid() {
    call.turn(1, LONG).pass(900).cancels(1);
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "1.0.1", 50));

    assertThat(call.heard())
        .containsExactly("1.0 part ESTIMATED one two three four", "1.0 part ACKED one");
    assertThat(call.told(Heard.class)).extracting(Heard::heardMs).containsExactly(900L, 300L);
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "1.0.3", 50));
    assertThat(call.heard()).hasSize(2);
  }

  @Test
  void whatWasTakenForHeardAfterThatWasNot() {
    call.turn(1, "one two", "three four", LONG).pass(1_200).startsSpeaking(1);
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "1.0.1", 100));
    call.words(1, 1, "wait a moment").pass(1_000);

    assertThat(call.told(Heard.class))
        .extracting(heard -> heard.identity() + " " + heard.heardMs() + " " + heard.isWhole())
        .endsWith("heard1.0.2 350 false", "heard1.1.2 0 false", "heard1.2.2 0 false");
  }

  @Test
  void aFalseAlarmGoesOnWhereTheProgramHadStopped() {
    call.turn(1, LONG).pass(900).startsSpeaking(1);
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "1.0.2", 100));
    call.stopsSpeaking(1, "").pass(3_000);

    // Stopped 100 ms into the third word.
    call.assertHeard(audio(1, 0, 0, 900), audio(1, 0, 500, 2_000));
  }

  @Test
  void ofAChunkThatWasNotSentNothingIsCorrected() {
    call.turn(1, LONG).pass(900).cancels(1);
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "4.0.1", 50));
    call.message(new MediaFrame.Truncated(CallLab.CALL, 1, "no chunk", 50));

    assertThat(call.heard()).hasSize(1);
  }

  // Typing.

  @Test
  void whatIsTypedIntoSilenceIsClear() {
    call.turn(1, "Hello").pass(1_000).types(1, "where is my order").turn(2, "Here").pass(1_000);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 250));
  }

  @ParameterizedTest
  @ValueSource(strings = {"where is my order", "ok", "mhm", "???"})
  void whatIsTypedWhileTheAgentSpeaksInterruptsAtOnceWhateverItIs(String text) {
    call.turn(1, LONG).pass(600).types(1, text).pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    call.assertHeard(audio(1, 0, 0, 600));
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).hasSize(1);
  }

  @Test
  void aDisclosureIsHeardToItsEndBeforeATypedInterruption() {
    call.says(1, 0, "I am a machine", Purpose.DISCLOSURE)
        .says(1, 1, LONG)
        .endsTurn(1, 2, Next.LISTEN)
        .pass(300)
        .types(1, "hello");
    assertThat(call.verdicts()).isEmpty();

    call.pass(3_000);
    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    assertThat(call.heard()).startsWith("1.0 whole ACKED I am a machine");
  }

  @Test
  void whatIsTypedIsJudgedOnceThoughEgressDies() {
    call.turn(1, LONG).pass(600).types(1, "wait").lab.takeOver();
    call.turn(2, "Yes").pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 250));
  }

  @Test
  void aTypedGoodbyeToTheGoodbyeDoesNotKeepTheCallAlive() {
    call.says(1, 0, "Thanks for calling. Goodbye.").endsTurn(1, 1, Next.HANG_UP).pass(500);
    call.types(1, "thanks, bye").pass(2_000);

    assertThat(call.ends()).containsExactly("completed");
  }

  private static List<String> cancelled(CallLab call) {
    return call.told(Cancelled.class).stream()
        .map(each -> each.attach() + "." + each.n() + " turn " + each.turn())
        .toList();
  }
}
