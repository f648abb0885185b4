package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What callers type, alone and among what they say.
class TypingTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(1, "Where is my order?", 2, "Thank you very much.");

  private final SttLab caller = SttLab.hearing(PHRASES);

  @Test
  void whatIsTypedIsAnUtteranceOfItsOwnThoughNoAudioEverCame() {
    caller.types(" where is my order ").types("it is 45871");

    assertThat(told(caller))
        .containsExactly(
            "S1", "F1 where is my order typed", "E1", "S2", "F2 it is 45871 typed", "E2");
    assertThat(caller.starts()).allMatch(TranscriptEvent.SpeechStarted::isTyped);
    assertThat(caller.ends()).allMatch(TranscriptEvent.SpeechEnded::hadWords);
  }

  @Test
  void itIsPlacedWhereTheCallWas() {
    caller.isSilent(1_000).types("hello");

    TranscriptEvent.Final said = caller.finals().getFirst();
    assertThat(List.of(said.onsetMs(), said.endMs(), said.mediaMs()))
        .containsExactly(1_000L, 1_000L, 1_000L);
  }

  @Test
  void aCardsNumberIsMaskedAlsoWhereItIsTypedInTwoTexts() {
    caller.types("4111 1111 1111 1111").types("the card is 5500 0000").types("0000 0004");

    assertThat(caller.finals().getFirst().text()).isEqualTo("[card number]");
    assertThat(caller.finals().getLast().text()).doesNotContain("0004");
  }

  @Test
  void nothingTypedIsNothingSaid() {
    caller.types("  \n");

    assertThat(caller.lab.emitted()).isEmpty();
    assertThat(caller.lab.step().atRest()).isTrue();
  }

  @Test
  void whatIsTypedWhileTheCallerSpeaksComesAfterIt() {
    caller.isSilent(600).says(1, 500).types("never mind").says(1, 300).isSilent(1_000);

    assertThat(told(caller))
        .containsExactly(
            "S1",
            "F1 Where is my order? Where is my order? scripted",
            "E1",
            "S2",
            "F2 never mind typed",
            "E2");
    caller.says(2, 600).isSilent(1_000);
    assertThat(caller.finals().getLast().utterance()).isEqualTo(3);
  }

  @Test
  void whatIsSpokenIsHeardThoughTheTextOverItWasReadFirst() {
    // Between topics there is no order: the text's place may lie ahead of the audio that was read.
    caller.isSilent(600).loses(1_500).types("hello").loses(-1_500).says(1, 900).isSilent(1_000);

    assertThat(caller.texts()).containsExactly("hello", "Where is my order?");
  }

  @Test
  void untilItIsInTheLogTheCallIsNotAtRestAndThenItIsCheckpointed() {
    caller.lab.holdAcknowledgements();
    caller.types("hello");
    assertThat(caller.lab.step().atRest()).isFalse();
    assertThat(caller.lab.safePoints()).containsKey(Topic.CALLS);

    caller.lab.acknowledge();
    assertThat(caller.lab.step().atRest()).isTrue();
    assertThat(caller.lab.safePoints()).doesNotContainKey(Topic.CALLS);
  }

  @Test
  void whileItWaitsItIsKept() {
    caller.isSilent(600).says(1, 500).types("never mind");
    assertThat(caller.lab.safePoints()).containsKey(Topic.CALLS);

    caller.takeOver().isSilent(1_000);
    assertThat(caller.texts()).containsExactly("Where is my order?", "never mind");
  }

  // Takeover.

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"CALLS", "AUDIO_IN"})
  void aRepeatAfterATakeoverIsNoSecondUtterance(Topic first) {
    caller.lab.holdCheckpoints();
    caller.isSilent(600).types("yes").types("yes").says(1, 700).isSilent(900).types("yes");
    List<String> before = told(caller);
    caller.lab.takeOver(first);
    caller.settle();

    assertThat(told(caller)).isEqualTo(before);
    caller.types("yes").says(2, 700).isSilent(900);
    assertThat(caller.starts())
        .extracting(TranscriptEvent.SpeechStarted::utterance)
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(caller.texts())
        .containsExactly("yes", "yes", "Where is my order?", "yes", "yes", "Thank you very much.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"CALLS", "AUDIO_IN"})
  void whatTheLogDidNotTakeIsWrittenByTheSuccessor(Topic first) {
    caller.isSilent(600).lab.holdAcknowledgements();
    caller.types("hello");
    caller.lab.takeOver(first);
    caller.settle();
    caller.says(1, 700).isSilent(900).lab.acknowledge();

    assertThat(caller.texts()).containsExactlyInAnyOrder("hello", "Where is my order?");
    assertThat(caller.lab.emitted())
        .extracting(VoxEvent::identity)
        .doesNotHaveDuplicates()
        .hasSize((int) told(caller).stream().distinct().count() + caller.interims().size());
  }

  @Test
  void aDeathAtAnyMomentLosesAndRepeatsNothing() {
    Random random = new Random(4);
    for (int death = 0; death < 60; death++) {
      SttLab broken = SttLab.hearing(new ScriptedRecognizer(PHRASES));
      if (random.nextBoolean()) {
        broken.lab.holdCheckpoints();
      }
      int dies = random.nextInt(12);
      Topic first = random.nextBoolean() ? Topic.CALLS : Topic.AUDIO_IN;
      for (int part = 0; part < 12; part++) {
        switch (part % 4) {
          case 0 -> broken.isSilent(700);
          case 1 -> broken.types("text " + part / 4);
          case 2 -> broken.says(1, 400);
          default -> broken.types("more " + part / 4).says(1, 300);
        }
        if (part == dies) {
          broken.lab.takeOver(first);
          broken.settle();
        }
      }
      broken.isSilent(1_500);

      assertThat(broken.texts())
          .as("death %s after part %s, %s first", death, dies, first)
          .filteredOn(text -> !text.startsWith("Where"))
          .containsExactly("text 0", "more 0", "text 1", "more 1", "text 2", "more 2");
      assertThat(broken.starts())
          .extracting(TranscriptEvent.SpeechStarted::utterance)
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  void aTextThatIsNotReadAgainDoesNotMakeTheCallDeaf() {
    Predecessor before = new Predecessor();
    before.note(
        new TranscriptEvent.SpeechStarted(SttLab.CALL, caller.lab.clock().now(), 1, 700, 700));
    assertThat(before.isTypedInPart()).isTrue();
    assertThat(before.open()).isNull();

    before.forgetTyped();
    assertThat(before.isTypedInPart()).isFalse();
    assertThat(before.highest()).isEqualTo(1);
  }

  @Test
  void aStreamThatEndsGivesWayToWhatWaits() {
    caller.isSilent(600).says(1, 800).types("bye").streamEnds();
    caller.lab.advance(Duration.ofSeconds(11));

    assertThat(caller.texts()).containsExactly("Where is my order?", "bye");
  }

  private static List<String> told(SttLab lab) {
    return lab.lab.emitted().stream()
        .filter(event -> !(event instanceof TranscriptEvent.Interim))
        .map(event ->
            event instanceof TranscriptEvent.Final said
                ? said.identity() + " " + said.text() + " " + said.engine()
                : String.valueOf(event.identity()))
        .toList();
  }
}
