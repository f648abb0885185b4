package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller's program is told of the call.
class TellingTest {
  private static final String LONG = "one two three four five six seven eight";
  private final CallLab call = CallLab.program();

  @Test
  void aCarrierThatTakesNoEventsIsToldNothing() {
    CallLab telephone = CallLab.connected();
    telephone.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "hello").pass(500);

    assertThat(telephone.carrier().commands(MediaFrame.Tell.class)).isEmpty();
  }

  @Test
  void aTurnIsToldSentenceBySentenceBeforeItsSoundAndWhenItIsOver() {
    call.turn(1, "Hello there", "How can I help").pass(500);
    assertThat(told(call)).containsExactly("began 1.0 Hello there", "began 1.1 How can I help");
    List<MediaFrame.Command> sent = call.carrier().commands(MediaFrame.Command.class);
    assertThat(sent.get(1)).isInstanceOf(MediaFrame.Tell.class);
    assertThat(sent.get(2)).isInstanceOf(MediaFrame.Audio.class);

    call.pass(2_000);
    assertThat(told(call)).last().isEqualTo("over 1 whole: Hello there How can I help 0/0");
    assertThat(told(call)).hasSize(3);
  }

  @Test
  void theWholeSentenceIsToldThoughOnlyItsBeginningHasBeenSpoken() {
    call.give(call.chunks(1, 0, LONG, Purpose.ANSWER).getFirst()).pass(100);

    assertThat(told(call)).containsExactly("began 1.0 " + LONG);
  }

  @Test
  void speechIsToldAsItIsReadAndInterimsOnlyWhenTheirWordsChanged() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).words(1, 0, "where").words(1, 1, "where");
    call.words(1, 2, "where is").stopsSpeaking(1, "where is it");
    call.startsSpeaking(2).words(2, 0, "where is").stopsSpeaking(2, "");

    assertThat(told(call).subList(2, told(call).size()))
        .containsExactly(
            "started 1 1000",
            "so far 1.0 where",
            "so far 1.2 where is",
            "final 1 where is it",
            "ended 1 1600 words",
            "started 2 1000",
            "so far 2.0 where is",
            "ended 2 1600 noise");
  }

  @Test
  void whatWasTypedIsToldAsTyped() {
    call.turn(1, LONG).pass(600).types(1, "wait").pass(500);

    assertThat(told(call))
        .containsExactly(
            "began 1.0 " + LONG,
            "started 1 700 typed",
            "final 1 wait",
            "over 1 cut: one two 0/0",
            "ended 1 700 words");
  }

  @Test
  void anInterruptedTurnIsOverWithWhatWasHeardOfIt() {
    call.turn(1, "Hello there", LONG, "never heard")
        .pass(1_200)
        .startsSpeaking(1)
        .words(1, 0, "wait a moment")
        .pass(2_000);

    assertThat(told(call)).last().isEqualTo("over 1 cut: Hello there one two three 0/0");
    assertThat(told(call)).filteredOn(each -> each.startsWith("over")).hasSize(1);
  }

  @Test
  void aFalseAlarmIsNoEndAndTheSentenceBeginsOnce() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).pass(300).stopsSpeaking(1, "").pass(3_000);

    assertThat(told(call))
        .containsExactly(
            "began 1.0 " + LONG,
            "started 1 1000",
            "ended 1 1600 noise",
            "over 1 whole: " + LONG + " 0/0");
  }

  @Test
  void aTurnThatIsSupersededIsOverBeforeTheNextBegins() {
    call.turn(1, LONG).pass(600).turn(2, "It has shipped").pass(2_000);

    assertThat(told(call))
        .containsExactly(
            "began 1.0 " + LONG,
            "over 1 cut: one two 0/0",
            "began 2.0 It has shipped",
            "over 2 whole: It has shipped 0/0");
  }

  @Test
  void aDisclosureThatIsStillToBeHeardCountsAsHeardWhenTheNextTurnBegins() {
    call.says(1, 0, "I am a machine", Purpose.DISCLOSURE).endsTurn(1, 1, Next.LISTEN).pass(300);
    call.turn(2, "It has shipped").pass(3_000);

    assertThat(told(call))
        .containsExactly(
            "began 1.0 I am a machine",
            "over 1 cut: I am a machine 0/0",
            "began 2.0 It has shipped",
            "over 2 whole: It has shipped 0/0");
  }

  @Test
  void aGreetingThatIsBrokenOffIsNotOverBeforeItsDisclosureWasSpokenAndHeard() {
    CallLab disclosing = CallLab.disclosingProgram();
    disclosing.says(1, 0, LONG).pass(600).cancels(1).pass(300);
    assertThat(told(disclosing)).noneMatch(each -> each.startsWith("over"));

    disclosing.says(1, 1, "I am a machine", Purpose.DISCLOSURE).pass(1_500);
    assertThat(told(disclosing))
        .endsWith("began 1.1 I am a machine", "over 1 cut: one two I am a machine 0/0");
  }

  @Test
  void anAnswerNobodyHeardAnythingOfIsNotToldWhenAnotherTakesItsPlace() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).turn(2, "What").turn(3, "It has shipped");
    call.stopsSpeaking(1, "where is it").pass(3_000);

    assertThat(told(call)).noneMatch(each -> each.contains(" 2"));
    assertThat(told(call)).last().isEqualTo("over 3 whole: It has shipped 0/0");
  }

  @Test
  void aTurnThatCouldNotBeSpokenIsOverAllTheSame() {
    call.give(
        new AgentAudio.Chunk(
            CallLab.CALL,
            call.now(),
            1,
            0,
            0,
            Codec.MULAW_8K,
            AudioBytes.EMPTY,
            0,
            List.of(),
            true,
            true,
            Purpose.ANSWER,
            "?"));
    call.endsTurn(1, 1, Next.LISTEN).pass(1_000);

    assertThat(told(call)).containsExactly("over 1 whole:  0/0");
  }

  @Test
  void aCancelledTurnIsOverAtOnce() {
    call.turn(1, LONG).pass(600).cancels(1);

    assertThat(told(call)).last().isEqualTo("over 1 cut: one two 0/0");
  }

  @Test
  void theTokensOfATurnAreThoseOfAllThatWasAskedInIt() {
    call.give(decided(1, 1, 100, 20)).give(decided(1, 2, 30, 4)).give(decided(2, 1, 7, 7));
    call.turn(1, "Hello").pass(1_000).turn(2, "Bye").pass(1_000);

    assertThat(told(call)).contains("over 1 whole: Hello 130/24", "over 2 whole: Bye 7/7");
  }

  @Test
  void theGoodbyeIsOverBeforeTheLineIsClosed() {
    call.says(1, 0, "Goodbye").endsTurn(1, 1, Next.HANG_UP).pass(1_000);

    List<MediaFrame.Command> sent = call.carrier().commands(MediaFrame.Command.class);
    assertThat(sent.getLast()).isInstanceOf(MediaFrame.HangUp.class);
    assertThat(told(call)).last().isEqualTo("over 1 whole: Goodbye 0/0");
  }

  // When something breaks.

  @ParameterizedTest(name = "dies {0} ms into the turn")
  @ValueSource(ints = {0, 130, 600, 1_010, 1_990, 2_500, 3_200})
  void aSuccessorTellsTheSameAndWhatItTellsAgainIsKnownByItsNumbers(int ms) {
    conversation(call, ms);
    CallLab undisturbed = CallLab.program();
    conversation(undisturbed, Integer.MAX_VALUE);

    assertThat(known(call)).isEqualTo(known(undisturbed));
  }

  @ParameterizedTest(name = "inputs of {0} come first")
  @ValueSource(strings = {"AUDIO_OUT", "TRANSCRIPTS", "CALLS"})
  void aSuccessorDoesNotTellOfTurnsThatWereOver(String topic) {
    call.lab.holdCheckpoints();
    call.turn(1, "Hello").pass(1_000).turn(2, LONG).pass(700).lab.takeOver(Topic.valueOf(topic));
    call.pass(3_000);

    assertThat(told(call))
        .containsExactly(
            "began 1.0 Hello",
            "over 1 whole: Hello 0/0",
            "began 2.0 " + LONG,
            "over 2 whole: " + LONG + " 0/0");
  }

  private static void conversation(CallLab lab, int diesAfterMs) {
    lab.turn(1, "Hello").pass(1_000).startsSpeaking(1).words(1, 0, "where is");
    lab.stopsSpeaking(1, "where is it").turn(2, LONG, "Good day");
    for (int ms = 0; ms < 4_000; ms += 10) {
      if (ms == diesAfterMs) {
        lab.lab.takeOver();
      }
      lab.pass(10);
    }
  }

  @Test
  void whatHappensWhileTheNodeIsOutOfReachIsToldWhenItIsBack() {
    call.turn(1, LONG).pass(500).nodes.linkDown();
    call.startsSpeaking(1).words(1, 0, "well").words(1, 1, "well I").pass(200).nodes.linkUp();
    call.pass(100);

    assertThat(known(call))
        .containsExactly(
            "began 1.0 " + LONG, "started 1 1000", "over 1 cut: one two 0/0", "so far 1.1 well I");
  }

  @Test
  void whatTheBrokenConnectionMayHaveSwallowedIsToldAgain() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).nodes.linkDown();
    call.nodes.linkUp();

    assertThat(told(call)).filteredOn("started 1 1000"::equals).hasSize(2);
  }

  @Test
  void whatFollowsADisclosureIsNotToldBeforeWhatWasLostOfItIsSentAgain() {
    List<AgentAudio.Chunk> words = call.chunks(1, 0, "I am a machine", Purpose.DISCLOSURE);
    words.subList(0, 2).forEach(call::give);
    call.give(decided(1, 1, 100, 20)).pass(100).nodes.swallow();
    words.subList(2, 4).forEach(call::give);
    call.endsTurn(1, 1, Next.LISTEN).turn(2, "It has shipped").pass(100).nodes.linkDown();
    call.nodes.linkUp();
    call.pass(3_000);

    assertThat(agentsSide(call))
        .containsExactly(
            "began 1.0 I am a machine",
            "audio 1",
            "began 1.0 I am a machine",
            "audio 1",
            "over 1 cut: I am a machine 100/20",
            "began 2.0 It has shipped",
            "audio 2",
            "over 2 whole: It has shipped 0/0");
  }

  /// What a node is sent of the agent's turns, audio as the turn it belongs to.
  private static List<String> agentsSide(CallLab lab) {
    List<String> sent = new ArrayList<>();
    for (MediaFrame.Command command : lab.carrier().commands(MediaFrame.Command.class)) {
      String next =
          switch (command) {
            case MediaFrame.Tell tell -> line(tell.event());
            case MediaFrame.Audio audio -> "audio " + audio.chunk().charAt(0);
            default -> "";
          };
      if (!next.isEmpty() && (sent.isEmpty() || !sent.getLast().equals(next))) {
        sent.add(next);
      }
    }
    return sent;
  }

  @Test
  void anotherStreamIsToldWhatGoesOnAndNothingOfBefore() {
    call.turn(1, "Hello").pass(1_000).startsSpeaking(1).stopsSpeaking(1, "hello");
    call.turn(2, LONG).pass(600).carrier().drop();
    call.detach(false, "dropped").pass(1_000).carrier().reattach();
    int before = told(call).size();
    call.attach().pass(3_000);

    assertThat(told(call).subList(before, told(call).size()))
        .containsExactly("began 2.0 " + LONG, "over 2 whole: " + LONG + " 0/0");
  }

  @Test
  void whatWasSaidOnAnEarlierStreamIsNotToldToTheNext() {
    call.turn(1, "Hello").pass(1_000).carrier().drop();
    call.detach(false, "dropped").pass(100).carrier().reattach();
    call.give(
        new CallEvent.Attached(
            CallLab.CALL, call.now(), 2, "MZ2", Codec.MULAW_8K, "node:1", 5_000, true));
    int before = told(call).size();
    call.startsSpeaking(1).words(1, 0, "where").stopsSpeaking(1, "where is it").pass(100);

    assertThat(told(call)).hasSize(before);
  }

  @Test
  void howeverMuchHappensMeanwhileWhatWaitsIsBounded() {
    call.turn(1, "Hello").pass(1_000).nodes.linkDown();
    int before = told(call).size();
    for (int utterance = 1; utterance <= 1_000; utterance++) {
      call.startsSpeaking(utterance).words(utterance, 0, "a").stopsSpeaking(utterance, "a b");
    }
    call.nodes.linkUp();

    assertThat(told(call).size() - before).isBetween(100, 300);
    assertThat(told(call)).last().isEqualTo("ended 1000 1600 words");
  }

  private static CallEvent.Decided decided(int turn, int n, long prompt, long completion) {
    return new CallEvent.Decided(
        CallLab.CALL,
        Instant.EPOCH,
        turn,
        n,
        "m",
        1,
        null,
        null,
        Outcome.OK,
        List.of(),
        prompt,
        completion,
        1);
  }

  private static List<String> told(CallLab lab) {
    return lab.carrier().told().stream().map(TellingTest::line).toList();
  }

  /// What a node makes of it, which drops what it was told under the same numbers before.
  private static List<String> known(CallLab lab) {
    Map<String, String> first = new LinkedHashMap<>();
    for (ClientEvent event : lab.carrier().told()) {
      first.putIfAbsent(numbers(event), line(event));
    }
    return List.copyOf(first.values());
  }

  private static String numbers(ClientEvent event) {
    return switch (event) {
      case ClientEvent.SpeechStarted e -> "S" + e.utterance();
      case ClientEvent.SpeechEnded e -> "E" + e.utterance();
      case ClientEvent.Interim e -> "I" + e.utterance() + "." + e.revision();
      case ClientEvent.Final e -> "F" + e.utterance();
      case ClientEvent.SentenceBegan e -> "B" + e.turn() + "." + e.sentence();
      case ClientEvent.TurnOver e -> "O" + e.turn();
    };
  }

  private static String line(ClientEvent event) {
    return switch (event) {
      case ClientEvent.SpeechStarted e ->
          "started " + e.utterance() + " " + e.onsetMs() + (e.isTyped() ? " typed" : "");
      case ClientEvent.SpeechEnded e ->
          "ended " + e.utterance() + " " + e.endMs() + (e.hadWords() ? " words" : " noise");
      case ClientEvent.Interim e -> "so far " + e.utterance() + "." + e.revision() + " " + e.text();
      case ClientEvent.Final e -> "final " + e.utterance() + " " + e.text();
      case ClientEvent.SentenceBegan e -> "began " + e.turn() + "." + e.sentence() + " " + e.text();
      case ClientEvent.TurnOver e ->
          "over %d %s: %s %d/%d"
              .formatted(
                  e.turn(),
                  e.isInterrupted() ? "cut" : "whole",
                  e.heard(),
                  e.promptTokens(),
                  e.completionTokens());
    };
  }
}
