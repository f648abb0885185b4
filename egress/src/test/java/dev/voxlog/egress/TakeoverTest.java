package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Playing;
import dev.voxlog.schemas.CallEvent.Silence;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When another egress takes the call over.
class TakeoverTest {
  private static final String LONG = "one two three four five six seven eight";
  private static final String LONGER = LONG + " " + LONG + " " + LONG;
  private final CallLab call = CallLab.connected();

  @ParameterizedTest(name = "dies {0} ms into the turn")
  @ValueSource(ints = {0, 130, 600, 1_010, 1_990, 2_500, 3_990, 5_000, 6_500})
  void theCallerIsNeverHeardTwiceAfterATakeover(int ms) {
    call.turn(1, LONGER, "How can I help").pass(ms).lab.takeOver();
    call.pass(9_000);

    call.assertHeard(audio(1, 0, 0, 6_000), audio(1, 1, 0, 1_000));
    assertThat(call.carrier().timesSent()).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    assertThat(call.heard())
        .containsExactly("1.0 whole ACKED " + LONGER, "1.1 whole ACKED How can I help");
    assertThat(call.told(Playing.class)).hasSize(2);
    assertNothingIsToldTwice();
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void theCallerIsNeverHeardTwiceWhateverComesFirst(String topic) {
    call.turn(1, LONGER, "How can I help").pass(2_200).lab.takeOver(Topic.valueOf(topic));
    call.pass(9_000);

    call.assertHeard(audio(1, 0, 0, 6_000), audio(1, 1, 0, 1_000));
    assertNothingIsToldTwice();
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void anAnswerGoesOnWithoutAPauseHoweverOftenEgressDiesInIt(String topic) {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "where is my order");
    call.turn(2, LONGER).pass(1_000).lab.takeOver(Topic.valueOf(topic));
    call.pass(200).lab.takeOver(Topic.valueOf(topic));
    call.pass(5_000);

    assertThat(call.heard()).containsExactly("1.0 whole ACKED Hello", "2.0 whole ACKED " + LONGER);
    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 6_000));
    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    assertNothingIsToldTwice();
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void anAnswerGoesOnWithoutAPauseThoughNothingWasToldOfIt(String topic) {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "where is my order");
    call.lab.holdAcknowledgements();
    call.turn(2, LONGER).pass(1_000).lab.takeOver(Topic.valueOf(topic));
    call.pass(5_200);

    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 6_000));
    assertNothingIsToldTwice();
  }

  @Test
  void theCallerIsNeverHeardTwiceThoughTheNodeAnswersLate() {
    call.turn(1, LONGER).pass(2_200);
    CarrierModel carrier = call.carrier();
    call.nodes.carrier = new CarrierModel(call.clock, _ -> {}, _ -> {});
    call.lab.takeOver();
    call.pass(1_500).nodes.carrier = carrier;
    call.nodes.linkUp();
    call.pass(9_000);

    assertThat(carrier.timesSent()).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    assertThat(carrier.timesSent()).hasSize(24);
    assertThat(call.heard()).containsExactly("1.0 whole ACKED " + LONGER);
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void anInterruptedTurnStaysInterruptedWhateverComesFirst(String topic) {
    call.turn(1, LONG).pass(600).startsSpeaking(1).words(1, 1, "wait a moment").pass(100);
    call.lab.takeOver(Topic.valueOf(topic));
    call.pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600));
    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    assertNothingIsToldTwice();
  }

  @Test
  void aHeldSentenceGoesOnWhereItWasHeld() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).pass(200).lab.takeOver();
    call.stopsSpeaking(1, "").pass(3_000);

    assertThat(call.verdicts()).hasSize(1);
    call.assertHeard(audio(1, 0, 0, 600), audio(1, 0, 500, 2_000));
    assertThat(call.heard()).endsWith("1.0 whole ACKED " + LONG);
  }

  @Test
  void anUtteranceThatWasNotJudgedIsJudgedByTheSuccessor() {
    call.turn(1, LONG).pass(300).lab.holdCheckpoints();
    call.lab.takeOver();
    call.pass(300).startsSpeaking(1).words(1, 1, "wait a moment").pass(2_000);

    assertThat(call.verdicts()).containsExactly("1.1 INTERRUPTED 1");
    call.assertHeard(audio(1, 0, 0, 600));
  }

  @Test
  void aTurnThatWasSupersededIsNotTakenUpAgain() {
    call.turn(1, LONG).pass(300).turn(2, "It has shipped").pass(100).lab.takeOver();
    call.pass(3_000);

    call.assertHeard(audio(1, 0, 0, 300), audio(2, 0, 0, 750));
  }

  @Test
  void aCallAtRestNeedsNoneOfItsOldInputs() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "hello").lab.takeOver();
    call.turn(2, "How are you").pass(2_000).turn(1, "Hello").pass(1_000);

    call.assertHeard(audio(1, 0, 0, 250), audio(2, 0, 0, 750));
    assertThat(call.verdicts()).containsExactly("1.1 CLEAR 0");
    assertNothingIsToldTwice();
  }

  @Test
  void theSilenceIsNoticedByTheSuccessorAndCountedOn() {
    call.turn(1, "Hello").pass(8_500).lab.takeOver();
    assertThat(call.told(Silence.class)).hasSize(1);
    call.pass(8_500);

    assertThat(call.told(Silence.class))
        .extracting(Silence::identity)
        .containsExactly("silence1.1", "silence1.2");
  }

  @Test
  void anAnswerThatNeverComesIsNotAwaitedForEver() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "hello").lab.takeOver();
    call.pass(15_000);
    assertThat(call.told(Silence.class)).isEmpty();
    call.pass(3_000);
    assertThat(call.told(Silence.class)).hasSize(1);
  }

  @Test
  void anAnswerToWordsThatEndAfterTheTakeoverIsAwaitedAsLongAsAnyOther() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).pass(100).lab.takeOver();
    call.pass(100).stopsSpeaking(1, "hello").pass(10_000);

    assertThat(call.told(Silence.class)).isEmpty();
  }

  @Test
  void theSuccessorHangsUpAfterTheGoodbye() {
    call.says(1, 0, "Thanks for calling. Goodbye.")
        .endsTurn(1, 1, Next.HANG_UP)
        .pass(500)
        .lab
        .takeOver();
    call.pass(1_000);

    assertThat(call.ends()).containsExactly("completed");
    assertThat(call.carrier().isHungUp()).isTrue();
    call.assertHeard(audio(1, 0, 0, 1_000));
  }

  @Test
  void aCallWhoseStreamIsGoneIsLostAtTheSuccessorToo() {
    call.turn(1, LONG).pass(500).carrier().drop();
    call.lab.takeOver();
    call.pass(EgressConfig.DEFAULT.reconnectGrace().toMillis() + 1_100);

    assertThat(call.ends()).containsExactly("lost");
  }

  @Test
  void untilTheNodeAnswersNothingIsJudged() {
    call.turn(1, LONG).pass(300);
    CarrierModel carrier = call.carrier();
    call.nodes.carrier = new CarrierModel(call.clock, _ -> {}, _ -> {});
    call.lab.takeOver();
    call.startsSpeaking(1).pass(100);
    assertThat(call.verdicts()).isEmpty();

    call.nodes.carrier = carrier;
    call.nodes.linkUp();
    assertThat(carrier.commands(MediaFrame.Clear.class)).hasSize(1);
    assertThat(call.verdicts()).isEmpty();
  }

  private void assertNothingIsToldTwice() {
    List<String> identities =
        call.lab.emitted().stream()
            .map(VoxEvent::identity)
            .filter(java.util.Objects::nonNull)
            .toList();
    assertThat(identities).doesNotHaveDuplicates();
    assertThat(call.told(Heard.class)).allMatch(heard -> heard.n() >= 1);
  }
}
