package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.Violation.Kind;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final CallerLine ORDER = ChaosAgent.order(1_000, 900, "48592");
  private static final CallerLine NOTE = ChaosAgent.note(1_001, 900, "31726");
  private static final String FIRST = NOTE.answer().getFirst();
  private static final String SECOND = NOTE.answer().getLast();

  private final TestCall call = new TestCall().line(ORDER);

  /// Said and understood, in a turn of its own.
  private void noteIsUnderstood() {
    call.says(NOTE);
    call.understands(NOTE.words());
    call.nextTurn();
    NOTE.answer().forEach(call::writes);
    call.at += TestCall.WAIT;
  }

  @Test
  void aCallInWhichAllWentWellIsCleanAndCounted() {
    call.line(NOTE);

    Verdict verdict = Verdict.of(List.of(call.witness()), call.asked);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.calls()).isEqualTo(1);
    assertThat(verdict.utterances()).isEqualTo(2);
    assertThat(verdict.sentences()).isEqualTo(7);
    assertThat(verdict.tools()).isEqualTo(1);
    assertThat(verdict.repeated()).isZero();
  }

  @Test
  void aCallerWhoIsAskedToHoldTheLineHearsTheAnswerAllTheSame() {
    String holding = "I'm sorry, please hold the line for a moment.";
    noteIsUnderstood();
    call.plays(holding);
    NOTE.answer().forEach(call::plays);

    Verdict verdict = Verdict.of(List.of(call.witness()), call.asked, Set.of(holding));
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.holds()).isEqualTo(1);
    assertThat(verdict.sentences()).isEqualTo(7);
    assertThat(call.violations())
        .containsExactlyInAnyOrder(Kind.SENTENCE_UNEXPECTED, Kind.SENTENCE_PART_TWICE);
  }

  @Test
  void whatIsSaidTwiceIsHeardTwiceBesideARequestToHoldTheLine() {
    String holding = "I'm sorry, please hold the line for a moment.";
    call.line(NOTE);
    call.plays(holding);
    call.plays(SECOND);

    assertThat(
            Verdict.of(List.of(call.witness()), call.asked, Set.of(holding)).violations().stream()
                .map(Violation::kind))
        .containsExactlyInAnyOrder(Kind.SENTENCE_TWICE, Kind.SENTENCE_PART_TWICE);
  }

  @Test
  void anUtteranceWithoutAFinalIsLost() {
    call.line(NOTE);
    call.finals.removeLast();
    assertThat(call.violations()).containsExactly(Kind.UTTERANCE_LOST);
  }

  @Test
  void anUtteranceWithTwoFinalsIsUnderstoodTwice() {
    call.line(NOTE);
    call.understands(NOTE.words());
    assertThat(call.violations()).containsExactly(Kind.UTTERANCE_TWICE);
  }

  @Test
  void wordsThatNobodySaidAreMisunderstood() {
    call.line(NOTE);
    call.understands(NOTE.words() + " " + NOTE.words());
    assertThat(call.violations()).containsExactly(Kind.UTTERANCE_MISUNDERSTOOD);
  }

  @Test
  void aLineAfterWhichNothingIsHeardIsUnanswered() {
    noteIsUnderstood();
    assertThat(call.violations()).containsExactly(Kind.TURN_UNANSWERED);
  }

  @Test
  void theSameAnswerInTwoTurnsIsToldEvenIfItIsHeardOnce() {
    call.line(NOTE);
    call.nextTurn();
    NOTE.answer().forEach(call::writes);
    assertThat(call.violations()).containsExactly(Kind.TURN_ANSWERED_TWICE);
  }

  @Test
  void aSentenceThatIsNotHeardIsLost() {
    noteIsUnderstood();
    call.plays(FIRST);
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_LOST);
  }

  @Test
  void aSentenceThatIsHeardAgainIsTold() {
    noteIsUnderstood();
    call.plays(FIRST);
    call.plays(FIRST);
    call.plays(SECOND);
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_TWICE, Kind.SENTENCE_PART_TWICE);
  }

  @Test
  void sentencesInTheWrongOrderAreTold() {
    noteIsUnderstood();
    call.plays(SECOND);
    call.plays(FIRST);
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_OUT_OF_ORDER);
  }

  @Test
  void anAnswerThatComesAfterTheNextLinesIsOutOfOrder() {
    call.says(NOTE);
    call.understands(NOTE.words());
    call.line(ChaosAgent.note(1_002, 900, "91827"));
    NOTE.answer().forEach(call::plays);
    assertThat(call.violations()).contains(Kind.SENTENCE_OUT_OF_ORDER);
  }

  @Test
  void aSentenceWithoutItsEndIsTorn() {
    noteIsUnderstood();
    call.plays(FIRST, 0, 8_000, true, false);
    call.plays(SECOND);
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_TORN);
  }

  @Test
  void aSentenceThatIsMarkedInterruptedMayLackItsEnd() {
    noteIsUnderstood();
    call.plays(FIRST);
    call.plays(SECOND, 0, 8_000, true, false);
    call.marks(SECOND, true);
    call.marks(SECOND, false);

    Verdict verdict = Verdict.of(List.of(call.witness()), call.asked);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.marked()).isEqualTo(1);
  }

  @Test
  void theLastWordOnASentenceCounts() {
    noteIsUnderstood();
    call.plays(FIRST);
    call.plays(SECOND, 0, 8_000, true, false);
    call.marks(SECOND, false);
    call.marks(SECOND, true);
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_TORN);
  }

  @Test
  void aSentenceWithAGapThatGoesOnIsWhole() {
    noteIsUnderstood();
    int whole = HearingJudge.samples(FIRST);
    call.plays(FIRST, 0, 8_000, true, false);
    call.at += 12_000;
    call.plays(FIRST, 8_000, whole, false, true);
    call.plays(SECOND);
    var last = call.sounds.subList(call.sounds.size() - 3, call.sounds.size() - 1);
    var torn =
        new ToneCode.Sound(
            ScriptedVoice.idOf(FIRST),
            last.stream().flatMap(sound -> sound.pieces().stream()).toList());
    last.clear();
    call.sounds.add(call.sounds.size() - 1, torn);
    assertThat(call.violations()).isEmpty();
  }

  @Test
  void moreSoundThanTheSentencesLastIsAPartHeardTwiceThoughNoToneTellsIt() {
    call.line(NOTE);
    call.played.add(new Utterance(call.at, 1_600));
    assertThat(call.violations()).containsExactly(Kind.SENTENCE_PART_TWICE);
  }

  @Test
  void aSentenceThatIsNoAnswerIsUnexpectedAndItsWordsAreFoundInTheLog() {
    call.line(NOTE);
    call.writes("Are you still there?");
    call.plays("Are you still there?");

    List<Violation> violations = Verdict.of(List.of(call.witness()), call.asked).violations();

    assertThat(violations).extracting(Violation::kind).contains(Kind.SENTENCE_UNEXPECTED);
    assertThat(violations.getFirst().what()).contains("Are you still there?");
  }

  @Test
  void anOrderThatTheToolWasNotAskedForIsMissed() {
    call.asked.clear();
    assertThat(call.violations()).containsExactly(Kind.TOOL_MISSED);
  }

  @Test
  void anOrderUnderTwoKeysIsDoneTwice() {
    call.asks("48592", 2);
    assertThat(call.violations()).containsExactly(Kind.TOOL_TWICE);
  }

  @Test
  void aToolCallThatComesAgainOnceItsOutcomeIsInTheLogIsDoneTwice() {
    call.at += 8_000;
    call.asks("48592", 1);
    assertThat(call.violations()).containsExactly(Kind.TOOL_TWICE);
  }

  @Test
  void aToolCallThatComesAgainUnderItsKeyBeforeItsOutcomeIsKnownIsCountedOnly() {
    call.asked.add(call.asked.getFirst());

    Verdict verdict = Verdict.of(List.of(call.witness()), call.asked);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeated()).isEqualTo(1);
  }

  @Test
  void anOrderNobodySpokeOfIsNotAskedFor() {
    call.asks("11111", 1);
    assertThat(call.violations()).containsExactly(Kind.TOOL_TWICE);
  }

  @Test
  void aRequestOfACallNobodyMadeIsTold() {
    call.asked.add(new ToolAsked("twilio-CA2/2/1", "48592", call.now()));
    assertThat(call.violations()).containsExactly(Kind.TOOL_TWICE);
  }

  @Test
  void aToolCallThatFailedIsTold() {
    call.toolDone(CallEvent.Outcome.UNCERTAIN);
    assertThat(call.violations()).containsExactly(Kind.TOOL_FAILED);
  }

  @Test
  void aCallThatTheCallerDidNotEndIsDropped() {
    call.end = new CallWitness.End(false, "hung up on");
    assertThat(call.violations()).containsExactly(Kind.CALL_DROPPED);
  }

  @Test
  void aGreetingThatIsNotHeardIsToldAsLineZero() {
    call.sounds.removeIf(sound -> sound.id() == ScriptedVoice.idOf(ChaosAgent.GREETING.getFirst()));

    List<Violation> violations = Verdict.of(List.of(call.witness()), call.asked).violations();

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.SENTENCE_LOST);
    assertThat(violations.getFirst().line()).isZero();
  }
}
