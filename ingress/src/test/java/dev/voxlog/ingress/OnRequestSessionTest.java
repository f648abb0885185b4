package dev.voxlog.ingress;

import static dev.voxlog.ingress.RealtimeLab.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.media.ClientEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client that asks for each answer, and one that says itself what is an utterance.
class OnRequestSessionTest {
  private final RealtimeLab lab = new RealtimeLab();

  private void begins(String turns) {
    lab.stream.open();
    lab.client(
        "'type':'session.update','session':{'audio':{'input':{'turn_detection':" + turns + "}}}");
    lab.attach();
    isAnswered(1);
    lab.events();
  }

  private void pushes() {
    begins("null");
  }

  private void isAnswered(int turn) {
    lab.play(turn + ".0.0", 200);
    lab.tell(new ClientEvent.TurnOver(turn, false, "", 0, 0));
  }

  private void commits() {
    lab.client("'type':'input_audio_buffer.commit'");
  }

  private void clears() {
    lab.client("'type':'input_audio_buffer.clear'");
  }

  private void asks() {
    lab.client("'type':'response.create'");
  }

  private void isTold(int utterance, long onsetMs, long endMs, String words) {
    lab.tell(new ClientEvent.SpeechStarted(utterance, onsetMs));
    if (!words.isEmpty()) {
      lab.tell(new ClientEvent.Final(utterance, words));
    }
    lab.tell(new ClientEvent.SpeechEnded(utterance, endMs, !words.isEmpty()));
  }

  private List<CallEvent.Asked> requests() {
    return lab.log.of(CALL, CallEvent.Asked.class);
  }

  private List<String> audio() {
    return lab.log.audio(CALL).stream()
        .filter(each -> !(each instanceof CallerAudio.Frame))
        .map(each -> each.getClass().getSimpleName() + " " + each.mediaMs())
        .toList();
  }

  // Push to talk.

  @Test
  void whatIsCommittedIsAnItemAtOnceAndItsWordsCome() {
    pushes();
    lab.append(600);
    assertThat(lab.types()).isEmpty();
    commits();
    List<JsonNode> told = lab.events();

    assertThat(told)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "input_audio_buffer.committed", "conversation.item.added", "conversation.item.done");
    String item = told.getFirst().path("item_id").asText();
    assertThat(audio()).containsExactly("Committed 600");
    isTold(1, 0, 600, "Where is my order?");
    List<JsonNode> words = lab.events();
    assertThat(words)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.completed");
    assertThat(words).extracting(event -> event.path("item_id").asText()).containsOnly(item);
    assertThat(requests()).isEmpty();
  }

  @Test
  void theAnswerIsAskedForByAFact() {
    pushes();
    lab.append(600);
    commits();
    asks();

    assertThat(requests()).extracting(CallEvent.Asked::mediaMs).containsExactly(600L);
    assertThat(lab.types()).doesNotContain("error");
  }

  @Test
  void wordsFindTheirItemThoughSeveralWereCommittedAndTextsWritten() {
    pushes();
    lab.append(300);
    commits();
    String first = lab.only("input_audio_buffer.committed").path("item_id").asText();
    lab.append(300);
    commits();
    String second = lab.only("input_audio_buffer.committed").path("item_id").asText();
    lab.tell(new ClientEvent.SpeechStarted(1, 600, true));
    lab.tell(new ClientEvent.SpeechEnded(1, 600, true));
    isTold(2, 0, 300, "");
    isTold(3, 300, 600, "Hello.");

    assertThat(lab.events())
        .filteredOn(event -> event.path("type").asText().endsWith("completed"))
        .extracting(event -> event.path("item_id").asText() + event.path("transcript").asText())
        .containsExactly(first, second + "Hello.");
  }

  @Test
  void tooLittleIsNotCommitted() {
    pushes();
    lab.append(99);
    commits();
    assertThat(lab.fault()).isEqualTo("input_audio_buffer_commit_empty");
    lab.append(1);
    commits();
    commits();

    assertThat(lab.fault()).isEqualTo("input_audio_buffer_commit_empty");
    assertThat(audio()).containsExactly("Committed 100");
  }

  @Test
  void whatIsClearedIsToldToWhoeverListens() {
    pushes();
    lab.append(600);
    clears();
    assertThat(lab.types()).containsExactly("input_audio_buffer.cleared");
    commits();

    assertThat(lab.fault()).isEqualTo("input_audio_buffer_commit_empty");
    assertThat(audio()).containsExactly("Cleared 600");
  }

  @Test
  void aBufferThatIsFullTakesNoMoreAndSaysSoOnce() {
    pushes();
    for (int second = 0; second < 62; second++) {
      lab.append(1_000);
      lab.pass(1_000);
    }
    assertThat(lab.fault()).isEqualTo("input_audio_buffer_full");
    commits();
    lab.append(100);

    assertThat(audio()).startsWith("Committed 60000");
    assertThat(lab.types()).doesNotContain("error");
  }

  @Test
  void whoAsksForAnAnswerToNothingIsToldSo() {
    pushes();
    asks();
    assertThat(lab.fault()).isEqualTo("nothing_to_answer");
    lab.append(600);
    commits();
    asks();
    lab.events();
    isTold(1, 0, 600, "");

    assertThat(lab.fault()).isEqualTo("nothing_to_answer");
    isTold(1, 0, 600, "");
    assertThat(lab.types()).isEmpty();
  }

  @Test
  void anAnswerIsAskedForOnceTheOneBeforeIsOverOrCancelled() {
    pushes();
    lab.append(600);
    commits();
    asks();
    lab.play("2.0.0", 400);
    lab.append(600);
    commits();
    asks();
    assertThat(lab.fault()).isEqualTo("conversation_already_has_active_response");
    lab.client("'type':'response.cancel'");
    asks();

    assertThat(requests()).hasSize(2);
    assertThat(lab.types()).doesNotContain("error");
  }

  // With turns that are detected.

  @Test
  void whatIsDetectedIsAnsweredWhenTheClientAsks() {
    begins("{'type':'server_vad','create_response':false}");
    asks();
    assertThat(lab.fault()).isEqualTo("nothing_to_answer");
    lab.append(1_000);
    lab.speech(1, "Where is my order?");
    assertThat(lab.types()).contains("input_audio_buffer.speech_started");
    assertThat(requests()).isEmpty();
    asks();

    assertThat(requests()).extracting(CallEvent.Asked::mediaMs).containsExactly(1_000L);
    isAnswered(2);
    lab.events();
    asks();
    assertThat(lab.fault()).isEqualTo("nothing_to_answer");
  }

  @Test
  void whatWasSaidDuringAnAnswerMayStillBeAskedFor() {
    begins("{'type':'semantic_vad','create_response':false,'interrupt_response':false}");
    lab.append(1_000);
    lab.speech(1, "Where is my order?");
    asks();
    lab.play("2.0.0", 200);
    lab.speech(2, "And my money?");
    lab.play("2.0.1", 200);
    lab.tell(new ClientEvent.TurnOver(2, false, "", 0, 0));
    lab.events();
    asks();

    assertThat(requests()).hasSize(2);
    assertThat(lab.types()).isEmpty();
  }

  @Test
  void aTextAsksForItself() {
    begins("{'type':'server_vad','create_response':false}");
    lab.write("Hello.");
    asks();

    assertThat(lab.log.of(CALL, CallEvent.Typed.class)).hasSize(1);
    assertThat(requests()).hasSize(1);
  }
}
