package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the step makes of breaks in the audio, of the log's start and end, and of another worker's
/// beginnings.
class SttStepLogTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(1, "Where is my order?", 2, "Thank you very much.", 3, "Goodbye.");
  private static final int FRAMES_PER_SECOND = 50;

  private final SttLab caller = SttLab.hearing(PHRASES);

  // Breaks.

  @Test
  void audioMissingForAMomentIsSilence() {
    caller
        .isSilent(600)
        .says(1, 600)
        .loses(400)
        .isSilent(200)
        .says(2, 600)
        .loses(100)
        .says(2, 400)
        .isSilent(1_000);
    assertThat(caller.texts()).hasSize(2);
    assertThat((double) caller.finals().get(1).onsetMs()).isCloseTo(1_800, within(40.0));
  }

  @Test
  void aLongGapEndsWhatWasBeingSaidAndTheNextUtteranceHasItsOwnPlaceInTime() {
    caller.isSilent(600).says(1, 800).loses(5_000).says(2, 800).isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
    assertThat((double) caller.finals().get(0).endMs()).isCloseTo(1_400, within(40.0));
    assertThat((double) caller.finals().get(1).onsetMs()).isCloseTo(6_400, within(40.0));
  }

  @Test
  void aGapOfUnknownLengthEndsWhatWasBeingSaid() {
    caller.isSilent(600).says(1, 800).gap(null).loses(100).says(2, 800).isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
  }

  @Test
  void anotherAttachGoesOnWithTheCall() {
    caller
        .isSilent(600)
        .says(1, 800)
        .attachesAgain()
        .loses(1_000)
        .isSilent(400)
        .says(2, 800)
        .isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
    assertThat(caller.starts())
        .extracting(TranscriptEvent.SpeechStarted::utterance)
        .containsExactly(1, 2);
  }

  @Test
  void audioThatComesWhileABreakIsDecidedWaits() {
    caller
        .isSilent(600)
        .says(1, 800)
        .decodesAreHeld()
        .loses(5_000)
        .says(2, 800)
        .isSilent(1_000)
        .loses(5_000)
        .says(3, 500);
    assertThat(caller.finals()).isEmpty();
    caller.decodesAreDone().streamEnds();
    assertThat(caller.texts())
        .containsExactly("Where is my order?", "Thank you very much.", "Goodbye.");
  }

  @Test
  void theEndOfTheStreamFinishesTheOpenUtterance() {
    caller.isSilent(600).says(1, 800).streamEnds();
    assertThat(caller.texts()).containsExactly("Where is my order?");
    assertThat(caller.lab.step().atRest()).isTrue();
    assertThat(caller.safePoint()).as("nothing is needed again").isEqualTo(SttLab.NOTHING_HELD);
  }

  @Test
  void aStreamThatEndsInAClickOrInSilenceGivesNothing() {
    caller.isSilent(600).bangs(120).streamEnds();
    assertThat(caller.lab.emitted()).isEmpty();
    assertThat(caller.lab.step().atRest()).isTrue();
  }

  @Test
  void whatIsLongerThanTheRecogniserTakesIsCutAndNothingIsHeardTwice() {
    Map<Integer, String> numbers = new java.util.HashMap<>();
    IntStream.rangeClosed(1, 40).forEach(id -> numbers.put(id, "w" + id));
    SttLab talker = SttLab.hearing(new ScriptedRecognizer(numbers));
    talker.isSilent(600);
    for (int id = 1; id <= 40; id++) {
      talker.says(id, 800).isSilent(100);
    }
    talker.isSilent(2_000);
    List<String> heard = new ArrayList<>();
    talker.texts().forEach(text -> heard.addAll(List.of(text.split(" "))));
    assertThat(heard).isEqualTo(IntStream.rangeClosed(1, 40).mapToObj(id -> "w" + id).toList());
    assertThat(talker.finals())
        .hasSize(3)
        .allMatch(said -> said.endMs() - said.onsetMs() <= 14_000);
    assertThat(talker.finals().get(0).endpointingMs()).isZero();
  }

  // Safe points and rest.

  @Test
  void inSilenceTheSafePointFollowsTheCheckpointsByThePreRoll() {
    caller.isSilent(10_900);
    assertThat((double) caller.safePoint()).isCloseTo(9.75 * FRAMES_PER_SECOND, within(4.0));
    assertThat(caller.lab.step().atRest()).isTrue();
  }

  @Test
  void whileSomebodySpeaksTheSafePointStaysInTheSilenceBefore() {
    caller.isSilent(6_000).says(1, 9_000);
    assertThat((double) caller.safePoint()).isCloseTo(4.75 * FRAMES_PER_SECOND, within(4.0));
  }

  @Test
  void whileAnUtteranceIsOpenTheStepIsNotAtRest() {
    caller.isSilent(1_000).says(1, 100);
    assertThat(caller.lab.step().atRest()).isFalse();
    caller.says(1, 600);
    assertThat(caller.lab.step().atRest()).isFalse();
    caller.isSilent(1_000);
    assertThat(caller.lab.step().atRest()).isTrue();
  }

  @Test
  void aCallWithoutAudioIsSuspendedAfterTenSeconds() {
    caller.isSilent(600).says(1, 800);
    caller.lab.advance(Duration.ofMillis(9_900));
    caller.settle();
    assertThat(caller.finals()).isEmpty();
    caller.lab.advance(Duration.ofMillis(200));
    caller.settle();
    assertThat(caller.texts()).containsExactly("Where is my order?");
    assertThat(caller.safePoint()).as("no place in the log is held").isEqualTo(SttLab.NOTHING_HELD);
    caller.loses(11_000).isSilent(400).says(2, 800).isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
  }

  // Takeover.

  private static SttLab conversation(SttLab lab, int diesAfterMs) {
    int[] script = {-700, 1, -900, 2, -400, 2, -1_200, -90, -600, 3, -1_500};
    boolean hasDied = false;
    for (int part : script) {
      long before = lab.mediaMs();
      if (part == -90) {
        lab.bangs(400);
      } else if (part < 0) {
        lab.isSilent(-part);
      } else {
        lab.says(part, 900);
      }
      if (!hasDied && before <= diesAfterMs && lab.mediaMs() > diesAfterMs) {
        hasDied = true;
        lab.takeOver();
      }
    }
    return lab;
  }

  static IntStream moments() {
    return IntStream.rangeClosed(0, 10).map(part -> part * 700);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void afterATakeoverTheTranscriptIsTheSameAsWithoutOne(int diesAfterMs) {
    SttLab undisturbed = conversation(SttLab.hearing(PHRASES), Integer.MAX_VALUE);
    SttLab disturbed = conversation(SttLab.hearing(PHRASES), diesAfterMs);
    assertThat(transcript(disturbed)).isEqualTo(transcript(undisturbed));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theSameHoldsWhereTheLastCheckpointIsOld(int diesAfterMs) {
    SttLab undisturbed = conversation(SttLab.hearing(PHRASES), Integer.MAX_VALUE);
    SttLab disturbed = SttLab.hearing(PHRASES);
    disturbed.lab.holdCheckpoints();
    assertThat(transcript(conversation(disturbed, diesAfterMs))).isEqualTo(transcript(undisturbed));
  }

  /// Hears only three of seven windows, counted from wherever it was set up: what it says of a
  /// window depends on all before, as with a network that remembers.
  private static float[] remembering(List<VadWindow> windows) {
    float[] probabilities = new EnergyDetector().detect(windows);
    for (int i = 0; i < probabilities.length; i++) {
      float[] memory = windows.get(i).state().memory();
      memory[0] = (memory[0] + 1) % 7;
      probabilities[i] *= memory[0] % 3 == 0 ? 1 : 0.3f;
    }
    return probabilities;
  }

  static Stream<Supplier<SttLab>> detectors() {
    return Stream.of(
        () -> SttLab.hearing(PHRASES),
        () ->
            new SttLab(
                SttConfig.DEFAULT,
                SttStepLogTest::remembering,
                new ScriptedRecognizer(PHRASES),
                300,
                900));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void aRandomDeathAtAnyFrameLosesAndRepeatsNothing(Supplier<SttLab> labs) {
    short[] all = all();
    SttLab whole = labs.get().plays(all);
    Random random = new Random(8);
    for (int death = 0; death < 40; death++) {
      SttLab broken = labs.get();
      if (random.nextBoolean()) {
        broken.lab.holdCheckpoints();
      }
      int dies = random.nextInt(all.length / 160);
      broken
          .plays(java.util.Arrays.copyOf(all, dies * 160))
          .takeOver()
          .plays(java.util.Arrays.copyOfRange(all, dies * 160, all.length));
      assertThat(transcript(broken))
          .as("death %s, after frame %s", death, dies)
          .isEqualTo(transcript(whole));
    }
  }

  private static short[] all() {
    List<short[]> parts =
        List.of(
            new short[8_700 * 8],
            dev.voxlog.audio.ToneCode.encode(1, 900),
            new short[1_100 * 8],
            dev.voxlog.audio.ToneCode.encode(2, 700),
            new short[2_000 * 8]);
    short[] all = new short[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (short[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Test
  void theOpenUtteranceKeepsTheRecordedNumberAndOnset() {
    caller.isSilent(2_000).says(1, 500);
    TranscriptEvent.SpeechStarted recorded = caller.starts().getFirst();
    caller.takeOver();
    caller.says(1, 300).isSilent(1_000);
    assertThat(caller.starts()).containsExactly(recorded);
    assertThat(caller.finals().getFirst().onsetMs()).isEqualTo(recorded.onsetMs());
    assertThat(caller.texts()).containsExactly("Where is my order? Where is my order?");
  }

  @Test
  void anUtteranceWhoseAudioIsGoneIsStillEnded() {
    caller.isSilent(2_000).says(1, 500).takeOver().streamEnds();
    assertThat(caller.starts()).hasSize(1);
    assertThat(caller.ends()).hasSize(1);
  }

  /// What readers of the topic see, without the writer's clock and engine times.
  private static List<String> transcript(SttLab lab) {
    List<String> lines = new ArrayList<>();
    for (Object event : lab.lab.emitted()) {
      switch (event) {
        case TranscriptEvent.SpeechStarted s ->
            lines.add("started " + s.utterance() + " " + s.onsetMs() + " " + s.mediaMs());
        case TranscriptEvent.Final f ->
            lines.add(
                "final "
                    + f.utterance()
                    + " "
                    + f.text()
                    + " "
                    + f.onsetMs()
                    + " "
                    + f.endMs()
                    + " "
                    + f.mediaMs());
        case TranscriptEvent.SpeechEnded e ->
            lines.add(
                "ended "
                    + e.utterance()
                    + " "
                    + e.hadWords()
                    + " "
                    + e.endMs()
                    + " "
                    + e.mediaMs());
        default -> {}
      }
    }
    assertThat(new HashSet<>(lines)).hasSameSizeAs(lines);
    return lines;
  }
}
