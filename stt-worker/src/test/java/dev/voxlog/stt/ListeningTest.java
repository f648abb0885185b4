package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.TranscriptEvent.SpeechEnded;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller's program has set of how its turns are told apart.
class ListeningTest {
  private static final ScriptedRecognizer PHRASES =
      new ScriptedRecognizer(Map.of(1, "Where is my order?"));

  private static TurnDetection silence(long minMs, long maxMs) {
    return new TurnDetection(null, null, minMs, maxMs, false);
  }

  private static List<Long> silences(SttLab caller) {
    return caller.ends().stream().map(ended -> ended.mediaMs() - ended.endMs()).toList();
  }

  @Test
  void theSilenceThatEndsAnUtteranceIsTheProgramsAlsoAfterATakeover() {
    SttLab caller = SttLab.hearing(silence(1_200, 1_200), PHRASES);
    caller.isSilent(600).says(1, 600).isSilent(2_000);
    caller.takeOver().says(1, 600).isSilent(400).takeOver().isSilent(1_600);

    assertThat(caller.texts()).containsExactly("Where is my order?", "Where is my order?");
    assertThat(silences(caller)).allSatisfy(ms -> assertThat(ms).isCloseTo(1_200, within(40L)));
  }

  @Test
  void theAgentFilesBoundsHoldWhereTheProgramSetNone() {
    SttLab caller =
        SttLab.hearing(new TurnDetection(0.4, null, null, null, true), PHRASES)
            .isSilent(600)
            .says(1, 600)
            .isSilent(2_000);

    assertThat(silences(caller))
        .singleElement()
        .satisfies(ms -> assertThat(ms).isCloseTo(300, within(40L)));
  }

  @Test
  void soMuchAudioBeforeTheOnsetIsDecodedAsTheProgramWants() {
    ScriptedWords recognizer = ScriptedWords.always("Where is my order?");
    SttLab.hearing(new TurnDetection(null, 100L, null, null, false), recognizer)
        .isSilent(1_000)
        .says(1, 400)
        .isSilent(1_000);

    assertThat(recognizer.samples.getFirst() / 16.0).isCloseTo(660, within(40.0));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.75, 0", "1, 0", "0, 1"})
  void whatIsSpeechIsSaidByTheProgramsThreshold(double threshold, int utterances) {
    VoiceActivityDetector unsure =
        windows -> {
          float[] probabilities = new EnergyDetector().detect(windows);
          for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] *= 0.7f;
          }
          return probabilities;
        };
    SttLab caller =
        new SttLab(
            SttConfig.DEFAULT,
            unsure,
            PHRASES,
            300,
            900,
            CallSettings.NONE.with(new TurnDetection(threshold, null, null, null, false)));
    caller.isSilent(600).says(1, 600).isSilent(2_000);

    assertThat(caller.lab.emitted(SpeechEnded.class)).hasSize(utterances);
  }

  /// A record is read whoever wrote it.
  @Test
  void boundsThatMakeNoSenseBreakNothing() {
    SttLab caller =
        SttLab.hearing(new TurnDetection(-3.0, Long.MAX_VALUE, -5L, -900L, false), PHRASES)
            .isSilent(600)
            .says(1, 600)
            .isSilent(2_000);

    assertThat(caller.texts()).containsExactly("Where is my order?");
  }
}
