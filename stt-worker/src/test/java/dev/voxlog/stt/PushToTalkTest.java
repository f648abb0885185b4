package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A caller whose program commits what is an utterance.
class PushToTalkTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(1, "Where is my order?", 2, "Thank you very much.");

  private final SttLab caller = pushing();

  private static SttLab pushing() {
    return SttLab.hearing(TurnDetection.PUSH_TO_TALK, new ScriptedRecognizer(PHRASES));
  }

  @Test
  void nothingIsSaidBeforeTheCommitAndThenAllOfIt() {
    caller.isSilent(400).says(1, 900).isSilent(3_000).says(2, 900).isSilent(200);
    assertThat(caller.lab.emitted()).isEmpty();

    caller.commits();
    assertThat(told(caller))
        .containsExactly("S1", "F1 Where is my order? Thank you very much.", "E1");
    TranscriptEvent.Final said = caller.finals().getFirst();
    assertThat(List.of(said.onsetMs(), said.endMs(), said.mediaMs()))
        .containsExactly(0L, 5_400L, 5_400L);
    assertThat(said.isTyped()).isFalse();
    assertThat(caller.starts()).noneMatch(TranscriptEvent.SpeechStarted::isTyped);
  }

  @Test
  void aCommitWithoutSpeechHasNoWordsAndIsNotRecognised() {
    SttLab deaf =
        SttLab.hearing(
            TurnDetection.PUSH_TO_TALK,
            (_, _) -> {
              throw new AssertionError("silence was recognised");
            });
    deaf.isSilent(900).commits();

    assertThat(told(deaf)).containsExactly("S1", "E1");
    assertThat(deaf.ends()).noneMatch(TranscriptEvent.SpeechEnded::hadWords);
    assertThat(deaf.lab.deadLetters()).isEmpty();
  }

  @Test
  void whatIsClearedIsNeverHeard() {
    caller.says(1, 900).clears().says(2, 900).commits();

    assertThat(told(caller)).containsExactly("S1", "F1 Thank you very much.", "E1");
    assertThat(caller.starts().getFirst().onsetMs()).isEqualTo(900);
  }

  @Test
  void aPauseInTheAppendingIsNoEnd() {
    caller.says(1, 900).loses(60_000).says(2, 900).commits();

    assertThat(caller.texts()).containsExactly("Where is my order? Thank you very much.");
  }

  @Test
  void aLongSpeechIsOneUtterance() {
    for (int i = 0; i < 4; i++) {
      caller.isSilent(5_000).says(1, 900).isSilent(3_000).says(2, 900);
    }
    caller.commits();

    assertThat(caller.texts())
        .containsExactly("Where is my order? Thank you very much. ".repeat(4).strip());
    assertThat(caller.finals().getFirst().words())
        .isSortedAccordingTo((a, b) -> Long.compare(a.startMs(), b.startMs()));
  }

  @Test
  void wideAudioIsHeardToo() {
    caller.codec(Codec.PCM16_24K).says(1, 900).isSilent(100).commits().says(2, 900).commits();

    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
  }

  @Test
  void oneCommitIsHeardAfterTheOtherAndATextAfterBoth() {
    caller.decodesAreHeld();
    caller.says(1, 900).commits().says(2, 900).commits().types("bye");
    assertThat(told(caller)).containsExactly("S1");

    caller.decodesAreDone();
    assertThat(told(caller))
        .containsExactly(
            "S1",
            "F1 Where is my order?",
            "E1",
            "S2",
            "F2 Thank you very much.",
            "E2",
            "S3",
            "F3 bye",
            "E3");
  }

  @Test
  void whatCannotBeRecognisedIsOver() {
    caller.decodesAreHeld();
    caller.says(1, 900).commits();
    caller.lab.fail("decode", new IllegalStateException("broken"));

    assertThat(told(caller)).containsExactly("S1", "E1");
    caller.decodesAreDone().says(2, 900).commits();
    assertThat(caller.texts()).containsExactly("Thank you very much.");
  }

  @Test
  void withoutADetectorAllIsRecognised() {
    caller.detectorFails(new IllegalStateException("broken"));
    caller.says(1, 900).commits();

    assertThat(caller.texts()).containsExactly("Where is my order?");
  }

  // Takeover.

  @Test
  void whatWasAppendedIsHeldUntilItIsCommitted() {
    caller.says(1, 900).commits();
    long after = caller.safePoint();
    caller.says(2, 900);

    assertThat(after).isEqualTo(SttLab.NOTHING_HELD);
    assertThat(caller.safePoint()).isEqualTo(46);
    caller.takeOver().commits();
    assertThat(caller.texts()).containsExactly("Where is my order?", "Thank you very much.");
  }

  @Test
  void ofACallThatLiesStillTheCheckpointHoldsIt() {
    caller.says(1, 900);
    caller.lab.advance(Duration.ofMillis(9_990));
    assertThat(caller.safePoint()).isEqualTo(SttLab.NOTHING_HELD);

    caller.takeOver().loses(9_990).says(2, 900).takeOver().commits();
    assertThat(caller.texts()).containsExactly("Where is my order? Thank you very much.");
    assertThat(caller.starts().getFirst().onsetMs()).isZero();
  }

  @Test
  void whatWasBegunAndIsNotReadAgainIsOver() {
    SttLab successor = pushing();
    PushToTalkStep step = (PushToTalkStep) successor.lab.step();
    step.on(
        new Input.Own(
            new TranscriptEvent.SpeechStarted(
                SttLab.CALL, successor.lab.clock().now(), 1, 100, 900)));
    step.on(new Input.Restored());
    successor.types("hello");
    assertThat(told(successor)).isEmpty();

    successor.lab.advance(Duration.ofSeconds(6));
    assertThat(told(successor)).containsExactly("E1", "S2", "F2 hello", "E2");
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"CALLS", "AUDIO_IN"})
  void aDeathAtAnyMomentLosesAndRepeatsNothing(Topic first) {
    Random random = new Random(7);
    for (int death = 0; death < 40; death++) {
      SttLab broken = pushing();
      if (random.nextBoolean()) {
        broken.lab.holdCheckpoints();
      }
      if (random.nextBoolean()) {
        broken.decodesAreHeld();
      }
      int dies = random.nextInt(15);
      for (int part = 0; part < 15; part++) {
        switch (part % 5) {
          case 0 -> broken.says(1, 500);
          case 1 -> broken.commits();
          case 2 -> broken.types("text " + part / 5);
          case 3 -> broken.says(1, 300).clears();
          default -> broken.says(2, 500).commits();
        }
        if (part == dies) {
          broken.lab.takeOver(first);
          broken.decodesAreDone();
        }
      }
      broken.decodesAreDone();

      assertThat(broken.texts())
          .as("death %s after part %s", death, dies)
          .filteredOn(text -> !text.startsWith("text"))
          .containsExactly(
              "Where is my order?",
              "Thank you very much.",
              "Where is my order?",
              "Thank you very much.",
              "Where is my order?",
              "Thank you very much.");
      assertThat(broken.texts())
          .filteredOn(text -> text.startsWith("text"))
          .containsExactly("text 0", "text 1", "text 2");
      assertThat(broken.lab.emitted()).extracting(VoxEvent::identity).doesNotHaveDuplicates();
    }
  }

  private static List<String> told(SttLab lab) {
    return lab.lab.emitted().stream()
        .filter(event -> event instanceof TranscriptEvent)
        .map(event ->
            event instanceof TranscriptEvent.Final said
                ? said.identity() + " " + said.text()
                : String.valueOf(event.identity()))
        .toList();
  }
}
