package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Word;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SttStepTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(
          1,
          "Where is my order?",
          2,
          "I would like to know and",
          3,
          "order status",
          4,
          "Four five eight");

  private final SttLab caller = SttLab.hearing(PHRASES);

  @Test
  void anUtteranceIsStartedGivenInInterimsFinalAndEnded() {
    caller.isSilent(600).says(1, 1_200).isSilent(1_000);
    assertThat(
            caller.lab.emitted().stream().map(event -> event.getClass().getSimpleName()).distinct())
        .containsExactly("SpeechStarted", "Interim", "Final", "SpeechEnded");
    TranscriptEvent.Final said = caller.finals().getFirst();
    assertThat(said.text()).isEqualTo("Where is my order?");
    assertThat(said.utterance()).isEqualTo(1);
    assertThat((double) said.onsetMs()).isCloseTo(600, within(32.0));
    assertThat((double) said.endMs()).isCloseTo(1_800, within(40.0));
    assertThat(said.engine()).isEqualTo("scripted");
    assertThat(said.confidence()).isEqualTo(1);
    assertThat(caller.ends()).singleElement().matches(TranscriptEvent.SpeechEnded::hadWords);
  }

  @Test
  void aStageThatIsBehindLeavesInterimsOutAndNoFinal() {
    caller.lab.behind(true);
    caller.isSilent(600).says(1, 1_200).isSilent(1_000);
    assertThat(caller.lab.emitted(TranscriptEvent.Interim.class)).isEmpty();
    caller.lab.behind(false);
    caller.says(1, 1_200).isSilent(1_000);
    assertThat(caller.lab.emitted(TranscriptEvent.Interim.class))
        .isNotEmpty()
        .allMatch(interim -> interim.utterance() == 2);
    assertThat(caller.finals())
        .extracting(TranscriptEvent.Final::text)
        .containsExactly("Where is my order?", "Where is my order?");
  }

  @Test
  void interimsComeAgainWithinTheUtteranceInWhichTheStageCatchesUp() {
    caller.lab.behind(true);
    caller.isSilent(600).says(1, 1_000);
    caller.lab.behind(false);
    caller.says(1, 1_000).isSilent(1_000);
    assertThat(caller.lab.emitted(TranscriptEvent.Interim.class)).isNotEmpty();
  }

  @Test
  void speechCountsOnceItIsVoicedForTheMinimum() {
    caller.isSilent(600).says(1, 600).isSilent(1_000);
    TranscriptEvent.SpeechStarted started = caller.starts().getFirst();
    assertThat(started.mediaMs() - started.onsetMs()).isBetween(190L, 230L);
  }

  @ParameterizedTest
  @CsvSource({"40", "80", "120"})
  void aClickStartsNothing(int millis) {
    caller.isSilent(600).bangs(millis).isSilent(1_000).bangs(millis).isSilent(2_000);
    assertThat(caller.lab.emitted()).isEmpty();
  }

  @Test
  void soundWithoutWordsEndsWithoutWords() {
    caller.isSilent(600).bangs(700).isSilent(1_000);
    assertThat(caller.starts()).hasSize(1);
    assertThat(caller.interims()).isEmpty();
    assertThat(caller.finals()).isEmpty();
    assertThat(caller.ends()).singleElement().matches(ended -> !ended.hadWords());
  }

  @Test
  void whatARecogniserTakesForNoSpeechIsNoneWhateverItWrites() {
    SttLab noise =
        SttLab.hearing(
            new ScriptedWords(_ ->
                new Hypothesis("You", List.of(), 0.3, 0.98, java.time.Duration.ZERO, List.of())));
    noise.isSilent(600).bangs(700).isSilent(1_000);
    assertThat(noise.texts()).isEmpty();
    assertThat(noise.ends()).singleElement().matches(ended -> !ended.hadWords());
  }

  @Test
  void theAudioDecodedBeginsBeforeTheOnsetAndEndsAfterTheSpeech() {
    ScriptedWords recognizer = ScriptedWords.always("Where is my order?");
    SttLab.hearing(recognizer).isSilent(1_000).says(1, 400).isSilent(1_000);
    // No interim is due within 400 ms: 250 ms before, 400 ms of speech, 160 ms of the silence by
    // which it is known to have ended.
    assertThat(recognizer.samples).hasSize(1);
    assertThat(recognizer.samples.getFirst() / 16.0).isCloseTo(810, within(40.0));
  }

  @Test
  void interimsComeWhileTheCallerSpeaksEachBuiltOnTheOneBefore() {
    ScriptedWords recognizer = ScriptedWords.always("Where is my order today");
    SttLab longTalk = SttLab.hearing(recognizer).isSilent(600).says(1, 2_000).isSilent(1_000);
    assertThat(longTalk.interims()).hasSizeBetween(3, 5);
    assertThat(longTalk.interims())
        .extracting(TranscriptEvent.Interim::revision)
        .startsWith(0, 1, 2);
    assertThat(longTalk.interims().getFirst().stableWords()).isZero();
    assertThat(longTalk.interims().get(1).stableWords()).isEqualTo(4);
    assertThat(recognizer.requests.get(0).draft()).isNull();
    assertThat(recognizer.requests.get(1).draft()).isNotNull();
    assertThat(recognizer.requests.getLast().draft())
        .as("final words do not depend on interims")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 300", "3, 500", "2, 900"})
  void theSilenceThatEndsAnUtteranceDependsOnItsWords(int phrase, long needed) {
    caller.isSilent(600).says(phrase, 800).isSilent(1_500);
    assertThat(caller.finals().getFirst().endpointingMs()).isBetween(needed, needed + 32);
  }

  @Test
  void digitsBeingSpelledAreWaitedForUntilThereAreEnough() {
    SttLab spelling = SttLab.hearing(Map.of(4, "Four five eight", 5, "Four five eight seven one."));
    spelling
        .expects(CallEvent.Answer.DIGITS, 5)
        .isSilent(600)
        .says(4, 800)
        .isSilent(1_500)
        .says(5, 800)
        .isSilent(1_500);
    assertThat(spelling.finals().get(0).endpointingMs()).isBetween(900L, 932L);
    assertThat(spelling.finals().get(1).endpointingMs()).isBetween(300L, 332L);
  }

  @Test
  void theAgentFileBoundsTheWait() {
    SttLab patient =
        new SttLab(
            SttConfig.DEFAULT,
            new dev.voxlog.stt.scripted.EnergyDetector(),
            new dev.voxlog.stt.scripted.ScriptedRecognizer(PHRASES),
            500,
            2_000);
    patient.isSilent(600).says(1, 800).isSilent(1_500).says(2, 800).isSilent(3_000);
    assertThat(patient.finals().get(0).endpointingMs()).isBetween(500L, 532L);
    assertThat(patient.finals().get(1).endpointingMs()).isBetween(2_000L, 2_032L);
  }

  @Test
  void theFinalDecodeIsAskedForInEarlySilenceSoThatTheEndpointWaitsForNothing() {
    caller.isSilent(600).says(1, 1_000).decodesAreHeld().isSilent(200);
    assertThat(caller.lab.asked()).contains("final");
    assertThat(caller.finals()).isEmpty();
    caller.decodesAreDone();
    assertThat(caller.finals()).as("known, but the silence is still short").isEmpty();
    caller.decodesAreHeld().isSilent(140);
    assertThat(caller.texts())
        .as("no decode was needed at the endpoint")
        .containsExactly("Where is my order?");
  }

  @Test
  void wordsThatComeLateMoveNoDecision() {
    caller.isSilent(600).says(1, 1_000).decodesAreHeld().isSilent(700);
    assertThat(caller.finals()).isEmpty();
    caller.decodesAreDone();
    assertThat(caller.finals().getFirst().endpointingMs()).isBetween(300L, 332L);
  }

  @Test
  void resumedSpeechVoidsWhatWasSpeculated() {
    SttLab hesitant = SttLab.hearing(PHRASES);
    hesitant.isSilent(600).says(2, 600).isSilent(240).says(1, 600).isSilent(1_000);
    assertThat(hesitant.texts()).containsExactly("I would like to know and Where is my order?");
    assertThat(hesitant.starts()).hasSize(1);
  }

  @Test
  void aDecodeThatStillRunsWhenSpeechResumesIsForgotten() {
    caller.isSilent(600).says(2, 600).decodesAreHeld().isSilent(240);
    assertThat(caller.lab.asked()).containsExactly("final");
    caller.says(1, 300);
    assertThat(caller.lab.asked()).doesNotContain("final");
    caller.decodesAreDone().says(1, 300).isSilent(1_000);
    assertThat(caller.finals()).hasSize(1);
  }

  @Test
  void wordTimesLieOnTheCallsClockAndSayThatTheyAreEstimated() {
    caller.isSilent(1_000).says(1, 800).isSilent(1_000);
    List<Word> words = caller.finals().getFirst().words();
    assertThat(words).extracting(Word::text).containsExactly("Where", "is", "my", "order?");
    assertThat(words).allMatch(Word::isEstimated);
    assertThat((double) words.getFirst().startMs()).isCloseTo(1_000, within(20.0));
    assertThat((double) words.getLast().endMs()).isCloseTo(1_800, within(20.0));
  }

  @Test
  void wordTimesAreRightWhereThereIsNoAudioBeforeTheSpeech() {
    caller.says(1, 800).isSilent(1_000);
    assertThat((double) caller.finals().getFirst().words().getFirst().startMs())
        .isCloseTo(0, within(20.0));
  }

  @Test
  void utterancesAreNumberedInOrder() {
    caller
        .isSilent(600)
        .says(1, 600)
        .isSilent(1_000)
        .bangs(400)
        .isSilent(1_000)
        .says(3, 600)
        .isSilent(1_000);
    assertThat(caller.starts())
        .extracting(TranscriptEvent.SpeechStarted::utterance)
        .containsExactly(1, 2, 3);
    assertThat(caller.finals()).extracting(TranscriptEvent.Final::utterance).containsExactly(1, 3);
  }

  @Test
  void aRecogniserThatFailsCostsTheUtteranceAndIsToldNotTheCall() {
    int[] calls = new int[1];
    SttLab shaky =
        SttLab.hearing(
            new ScriptedWords(_ -> {
              if (calls[0]++ == 0) {
                throw new EngineException("broken");
              }
              return ScriptedWords.words("Where is my order?", 0.9);
            }));
    shaky.isSilent(600).says(1, 400).isSilent(1_000).says(1, 400).isSilent(1_000);
    assertThat(shaky.lab.emitted(CallEvent.Error.class))
        .singleElement()
        .matches(error -> error.reason().equals("recognition failed"));
    assertThat(shaky.ends())
        .extracting(TranscriptEvent.SpeechEnded::hadWords)
        .containsExactly(false, true);
  }

  @Test
  void aDetectorThatFailsIsToldOnceAndAnOpenUtteranceStillEnds() {
    caller.isSilent(600).says(1, 800).detectorFails(new EngineException("broken")).isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?");
    assertThat(caller.lab.emitted(CallEvent.Error.class)).hasSize(1);
    caller.detectorFails(null).isSilent(300).says(3, 600).isSilent(1_000);
    assertThat(caller.texts()).hasSize(2);
  }
}
