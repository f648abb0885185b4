package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Verdict;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the caller's speech does to the agent's.
class InterruptionTest {
  /// Between topics there is no order.
  @Test
  void anAnswerThatIsReadBeforeTheEndOfTheWordsItAnswersIsHeardSoon() {
    CallLab early = CallLab.connected();
    early.turn(1, "Hello").pass(1_000).startsSpeaking(1).turn(2, "It has shipped");
    early.stopsSpeaking(1, "where is my order").pass(1_200);

    assertThat(early.heard()).endsWith("2.0 whole ACKED It has shipped");
  }

  @Test
  void whereAnEarlierUtteranceIsUnansweredSuchAnAnswerWaitsAsLongAsAnyMayTake() {
    CallLab early = CallLab.connected();
    early.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "where is");
    early.startsSpeaking(2).turn(2, "It has shipped").stopsSpeaking(2, "my order").pass(7_900);
    assertThat(early.heard()).doesNotContain("2.0 whole ACKED It has shipped");
    early.pass(1_500);

    assertThat(early.heard()).endsWith("2.0 whole ACKED It has shipped");
  }

  private static final String LONG = "one two three four five six seven eight";
  private final CallLab call = CallLab.connected();

  // Nothing is playing.

  @Test
  void speechIntoSilenceIsClearAtItsOnset() {
    call.turn(1, "Hello").pass(2_000).startsSpeaking(1);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).isEmpty();
  }

  @Test
  void everyUtteranceHasItsVerdict() {
    call.turn(1, "Hello")
        .pass(2_000)
        .startsSpeaking(1)
        .stopsSpeaking(1, "where is my order")
        .pass(500);
    call.turn(2, LONG).pass(500).startsSpeaking(2).stopsSpeaking(2, "").pass(3_000);
    call.startsSpeaking(3).stopsSpeaking(3, "");

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0", "2.1 RESUMED 2", "3.1 CLEAR 0");
  }

  // Barge-in.

  @Test
  void theAgentFallsSilentTheMomentTheCallersVoiceIsCertain() {
    call.turn(1, LONG).pass(600).startsSpeaking(1);

    assertThat(call.carrier().commands(MediaFrame.Clear.class)).hasSize(1);
    assertThat(call.verdicts()).isEmpty();
    call.pass(300);
    call.assertHeard(audio(1, 0, 0, 600));
  }

  @Test
  void wordsMakeItAnInterruptionAndTheHeardTextIsTold() {
    call.turn(1, LONG, "never heard")
        .pass(600)
        .startsSpeaking(1)
        .pass(300)
        .words(1, 1, "wait a moment")
        .pass(2_000);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    assertThat(call.heard()).containsExactly("1.0 part ESTIMATED one two");
    assertThat(call.told(Heard.class)).extracting(Heard::heardMs).containsExactly(600L);
    call.assertHeard(audio(1, 0, 0, 600));
    List<VoxEvent> order = call.lab.emitted();
    assertThat(order.indexOf(call.told(Heard.class).getFirst()))
        .isLessThan(order.indexOf(call.told(Verdict.class).getFirst()));
  }

  @Test
  void marksThatComeBackForTheClearAreNotTakenForHeard() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).words(1, 1, "wait a moment").pass(3_000);

    assertThat(call.carrier().commands(MediaFrame.Mark.class))
        .extracting(MediaFrame.Mark::name)
        .containsExactly("1.0/1.0.3", "1.0/1.0.7", "cleared-1");
    assertThat(call.heard()).containsExactly("1.0 part ESTIMATED one two");
  }

  @Test
  void whatIsLeftOfAnInterruptedTurnIsNeverHeard() {
    call.says(1, 0, LONG)
        .pass(600)
        .startsSpeaking(1)
        .words(1, 1, "wait a moment")
        .stopsSpeaking(1, "wait a moment");
    call.says(1, 1, "too late").endsTurn(1, 2, Next.HANG_UP).pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600));
    assertThat(call.ends()).isEmpty();
    call.turn(2, "Of course").pass(1_000);
    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 500));
  }

  @Test
  void aLongerMinimumLetsTheAgentSpeakOnUntilItIsReached() {
    CallLab patient = new CallLab("interruption: {minInterruptionDuration: 500ms}\n").attach();
    patient.turn(1, LONG).pass(600).startsSpeaking(1).words(1, 1, "wait a moment").pass(280);
    assertThat(patient.carrier().commands(MediaFrame.Clear.class)).isEmpty();

    patient.pass(20);
    assertThat(patient.carrier().commands(MediaFrame.Clear.class)).hasSize(1);
    assertThat(patient.verdicts()).containsExactly("1.1 INTERRUPTED 1");
  }

  @Test
  void aMinimumOfWordsIsWaitedForInSilence() {
    CallLab patient = new CallLab("interruption: {minInterruptionWords: 3}\n").attach();
    patient.turn(1, LONG).pass(600).startsSpeaking(1).words(1, 1, "wait a").pass(100);
    assertThat(patient.verdicts()).isEmpty();

    patient.words(1, 2, "wait a moment");
    assertThat(patient.verdicts()).containsExactly("1.1 INTERRUPTED 1");
  }

  // False alarms.

  @Test
  void aNoiseWithoutWordsLetsTheSentenceGoOnAtTheWordThatWasCutOff() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).pass(400).stopsSpeaking(1, "").pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    // Cut off 100 ms into the third word, which begins at 500 ms.
    call.assertHeard(audio(1, 0, 0, 600), audio(1, 0, 500, 2_000));
    assertThat(call.heard())
        .containsExactly("1.0 part ESTIMATED one two", "1.0 whole ACKED " + LONG);
  }

  @Test
  void aNoiseThatLastsHoldsTheAgentUpForNoLongerThanTheTimeout() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).pass(990);
    assertThat(call.verdicts()).isEmpty();

    call.pass(20);
    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    call.pass(500);
    assertThat(call.carrier().heard()).hasSizeGreaterThan(8 * 1_000);
  }

  @Test
  void wordsThatComeAfterTheTimeoutInterruptAfterAll() {
    call.turn(1, LONG)
        .pass(600)
        .startsSpeaking(1)
        .pass(1_300)
        .words(1, 1, "wait a moment")
        .pass(2_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1", "1.2 INTERRUPTED 1");
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).hasSize(2);
    call.assertHeard(audio(1, 0, 0, 600), audio(1, 0, 500, 800));
    call.words(1, 2, "wait a moment please").stopsSpeaking(1, "wait a moment please");
    assertThat(call.verdicts()).hasSize(2);
  }

  @Test
  void aMurmurIsNoInterruption() {
    call.turn(1, LONG)
        .pass(600)
        .startsSpeaking(1)
        .words(1, 1, "Mm-hmm.")
        .pass(300)
        .stopsSpeaking(1, "Mm-hmm.")
        .pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    assertThat(call.heard()).endsWith("1.0 whole ACKED " + LONG);
  }

  @Test
  void aMurmurOverTheLastWordsOfAQuestionAnswersIt() {
    call.turn(1, "Shall I go on").pass(600).startsSpeaking(1).stopsSpeaking(1, "Yeah.").pass(2_000);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
  }

  @Test
  void aYesToAQuestionIsNoMurmur() {
    call.give(new CallEvent.Expects(CallLab.CALL, call.now(), 1, CallEvent.Answer.YES_NO, 0));
    call.turn(1, LONG).pass(600).startsSpeaking(1).words(1, 1, "yeah").pass(100);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
  }

  @Test
  void withoutResumingAFalseAlarmEndsTheTurn() {
    CallLab strict = new CallLab("interruption: {resumeFalseInterruption: false}\n").attach();
    strict.turn(1, LONG).pass(600).startsSpeaking(1).stopsSpeaking(1, "").pass(3_000);

    assertThat(strict.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    strict.assertHeard(audio(1, 0, 0, 600));
  }

  // What must be heard.

  @Test
  void aDisclosureIsHeardToItsEndAndThenTheVerdictFalls() {
    call.says(1, 0, "I am a machine", Purpose.DISCLOSURE)
        .says(1, 1, LONG)
        .endsTurn(1, 2, Next.LISTEN)
        .pass(300);
    call.startsSpeaking(1)
        .words(1, 1, "hello who is this")
        .stopsSpeaking(1, "hello who is this")
        .pass(500);
    assertThat(call.verdicts()).isEmpty();

    call.pass(3_000);
    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    assertThat(call.heard()).startsWith("1.0 whole ACKED I am a machine");
    assertThat(call.carrier().heard()).startsWith(audio(1, 0, 0, 1_000)).hasSizeLessThan(8 * 1_100);
  }

  @Test
  void aDisclosureThatWasStillToComeIsHeardThoughTheTurnWasInterrupted() {
    call.says(1, 0, LONG)
        .says(1, 1, "I am a machine", Purpose.DISCLOSURE)
        .endsTurn(1, 2, Next.LISTEN)
        .pass(600);
    call.startsSpeaking(1)
        .words(1, 1, "hello there")
        .pass(500)
        .stopsSpeaking(1, "hello there")
        .turn(2, "Hello")
        .pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(1, 1, 0, 1_000), audio(2, 0, 0, 250));
  }

  @Test
  void aNoiseDuringADisclosureChangesNothing() {
    call.says(1, 0, "I am a machine", Purpose.DISCLOSURE).endsTurn(1, 1, Next.LISTEN).pass(300);
    call.startsSpeaking(1).stopsSpeaking(1, "").pass(3_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    assertThat(call.carrier().commands(MediaFrame.Clear.class)).isEmpty();
    call.assertHeard(audio(1, 0, 0, 1_000));
  }

  // Before the answer is heard.

  @Test
  void anAnswerIsNotBegunWhileTheCallerSpeaksAndGivesWayToTheJointOne() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "I'd like").pass(200);
    call.startsSpeaking(2).words(2, 1, "to know where").turn(2, "What would you like").pass(800);
    call.assertHeard(audio(1, 0, 0, 250));

    call.stopsSpeaking(2, "to know where my order is")
        .pass(300)
        .turn(3, "Your order has shipped")
        .pass(2_000);
    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0", "2.1 CLEAR 0");
    call.assertHeard(audio(1, 0, 0, 250), audio(3, 0, 0, 1_000));
  }

  @Test
  void aNoiseHoldsUpAnAnswerOnlyForAMoment() {
    call.turn(1, "Hello")
        .pass(1_000)
        .startsSpeaking(1)
        .stopsSpeaking(1, "where is it")
        .startsSpeaking(2);
    call.turn(2, "It has shipped").pass(990);
    assertThat(call.carrier().heard()).hasSize(8 * 250);

    call.pass(1_000);
    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 750));
  }

  @Test
  void anAnswerWaitsNoLongerForAnotherOneThanItIsWorth() {
    call.turn(1, "Hello")
        .pass(1_000)
        .startsSpeaking(1)
        .stopsSpeaking(1, "where is it")
        .startsSpeaking(2);
    call.turn(2, "It has shipped").stopsSpeaking(2, "my order").pass(7_900);
    assertThat(call.carrier().heard()).hasSize(8 * 250);

    call.pass(1_000);
    assertThat(call.carrier().heard()).hasSize(8 * 1_000);
  }

  @Test
  void whoSpeaksIntoTheGreetingBeforeItBeginsHearsIt() {
    call.startsSpeaking(1).turn(1, "Thanks for calling").pass(200).stopsSpeaking(1, "").pass(1_000);

    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    call.assertHeard(audio(1, 0, 0, 750));
  }

  // Goodbyes.

  @Test
  void aGoodbyeToTheGoodbyeDoesNotKeepTheCallAlive() {
    call.says(1, 0, "Thanks for calling. Goodbye.").endsTurn(1, 1, Next.HANG_UP).pass(500);
    call.startsSpeaking(1)
        .words(1, 1, "Thank you, bye.")
        .stopsSpeaking(1, "Thank you, bye.")
        .pass(2_000);

    assertThat(call.verdicts()).containsExactly("1.1 RESUMED 1");
    assertThat(call.ends()).containsExactly("completed");
  }

  @Test
  void whoHasSomethingMoreToSayIsHeardOut() {
    call.says(1, 0, "Thanks for calling. Goodbye.").endsTurn(1, 1, Next.HANG_UP).pass(970);
    call.startsSpeaking(1).pass(500).stopsSpeaking(1, "one more thing please").pass(3_000);
    assertThat(call.ends()).isEmpty();

    call.turn(2, "Yes").pass(1_000);
    assertThat(call.ends()).isEmpty();
    assertThat(call.carrier().isHungUp()).isFalse();
  }

  @Test
  void wordsOfAnotherUtteranceDecideNothing() {
    call.turn(1, LONG).pass(600).startsSpeaking(2);
    call.give(
        new TranscriptEvent.Interim(CallLab.CALL, call.now(), 1, 4, "old words", 0, 0.9, 900));

    assertThat(call.verdicts()).isEmpty();
  }
}
