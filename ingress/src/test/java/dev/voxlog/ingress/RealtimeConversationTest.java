package dev.voxlog.ingress;

import static dev.voxlog.ingress.RealtimeLab.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens in the call, as a client is told it.
class RealtimeConversationTest {
  private final RealtimeLab lab = new RealtimeLab();

  @BeforeEach
  void begin() {
    lab.begin();
  }

  // What the call is told of.

  @Test
  void whatTheCallerSaysBecomesAnItem() {
    lab.tell(new ClientEvent.SpeechStarted(1, 1_000));
    lab.tell(new ClientEvent.Interim(1, 0, "where is"));
    lab.tell(new ClientEvent.Interim(1, 1, "where is my"));
    lab.tell(new ClientEvent.Interim(1, 2, "where is the order"));
    lab.tell(new ClientEvent.Interim(1, 2, "where is the order"));
    lab.tell(new ClientEvent.Final(1, "where is my order"));
    lab.tell(new ClientEvent.SpeechEnded(1, 2_500, true));
    List<JsonNode> events = lab.events();

    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "input_audio_buffer.speech_started",
            "conversation.item.input_audio_transcription.delta",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.completed");
    assertThat(events)
        .extracting(event -> event.path("item_id").asText(event.at("/item/id").asText()))
        .containsOnly("item_s1_u1");
    assertThat(events.get(1).path("delta").asText()).isEqualTo("where is");
    assertThat(events.get(6).path("delta").asText()).isEqualTo(" my order");
    assertThat(events.get(7).path("transcript").asText()).isEqualTo("where is my order");
    assertThat(events.get(7).at("/usage/seconds").asDouble()).isEqualTo(1.5);
  }

  @Test
  void aClientThatWantsNoTranscriptsGetsNone() {
    lab.client("'type':'session.update','session':{'audio':{'input':{'transcription':null}}}");
    lab.events();
    lab.speech(1, "Hello.");

    assertThat(lab.types()).noneMatch(type -> type.contains("transcription"));
  }

  @Test
  void aTurnBecomesAResponse() {
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "Hello."));
    lab.play("1.0.0", 200);
    lab.tell(new ClientEvent.SentenceBegan(1, 1, "How are you?"));
    lab.play("1.1.0", 200);
    lab.tell(new ClientEvent.TurnOver(1, false, "Hello. How are you?", 7, 3));
    List<JsonNode> events = lab.events();

    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "response.output_audio_transcript.delta",
            "response.output_audio.delta",
            "response.output_audio_transcript.delta",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "response.output_item.done",
            "conversation.item.done",
            "response.done");
    JsonNode done = events.getLast().path("response");
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.at("/usage/total_tokens").asInt()).isEqualTo(10);
    assertThat(done.at("/output/0/content/0/transcript").asText()).isEqualTo("Hello. How are you?");
    assertThat(done.path("conversation_id").asText()).isEqualTo(CALL.value());
  }

  @Test
  void everyEventHasAnIdOfItsOwnAndItemsFollowEachOther() {
    lab.play("1.0.0", 100);
    lab.tell(new ClientEvent.TurnOver(1, false, "", 0, 0));
    lab.speech(1, "Yes.");
    lab.play("2.0.0", 100);
    List<JsonNode> events = lab.events();

    assertThat(events).extracting(event -> event.path("event_id").asText()).doesNotHaveDuplicates();
    assertThat(
            events.stream()
                .filter(event -> event.path("type").asText().equals("conversation.item.added"))
                .map(event ->
                    event.path("previous_item_id").asText() + ">" + event.at("/item/id").asText()))
        .containsExactly("null>item_s1_a1", "item_s1_a1>item_s1_u1", "item_s1_u1>item_s1_a2");
  }

  @Test
  void whatAnotherEgressTellsOnceMoreIsNotSaidTwice() {
    lab.speech(1, "Yes.");
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "Fine."));
    lab.play("1.0.0", 100);
    lab.tell(new ClientEvent.TurnOver(1, false, "Fine.", 0, 0));
    lab.events();
    lab.speech(1, "Yes.");
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "Fine."));
    lab.tell(new ClientEvent.TurnOver(1, false, "Fine.", 0, 0));

    assertThat(lab.types()).isEmpty();
  }

  // Interruptions.

  @Test
  void anInterruptedTurnIsCancelledAndEgressHearsWhereTheClientStopped() {
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "A long story."));
    lab.play("1.0.0", 400);
    lab.play("1.0.1", 400);
    lab.pass(500);
    lab.events();
    lab.tell(new ClientEvent.SpeechStarted(1, 400));
    lab.clear();
    lab.client(
        "'type':'conversation.item.truncate','item_id':'item_s1_a1','content_index':0,'audio_end_ms':450");
    lab.tell(new ClientEvent.TurnOver(1, true, "A long", 0, 0));
    List<JsonNode> events = lab.events();

    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .startsWith("input_audio_buffer.speech_started", "conversation.item.truncated")
        .endsWith("response.done");
    JsonNode done = events.getLast().path("response");
    assertThat(done.path("status").asText()).isEqualTo("cancelled");
    assertThat(done.at("/status_details/reason").asText()).isEqualTo("turn_detected");
    assertThat(done.at("/output/0/content/0/transcript").asText()).isEqualTo("A long");
    assertThat(lab.reports).contains(new MediaFrame.Truncated(CALL, 1, "1.0.1", 50));
    assertThat(lab.played()).containsExactly("5.0/1.0.0", "5.0/1.0.1", "cleared-5");
    assertThat(lab.log.of(CALL, CallEvent.Mark.class)).hasSize(3);
  }

  @Test
  void whatWasBrokenOffAndGoesOnIsAResponseOfItsOwn() {
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "A long story."));
    lab.play("1.0.0", 400);
    lab.clear();
    lab.pass(600);
    lab.play("1.0.0", 400);
    lab.tell(new ClientEvent.TurnOver(1, false, "A long story.", 0, 0));
    List<JsonNode> events = lab.events();

    assertThat(events)
        .filteredOn(event -> event.path("type").asText().equals("response.done"))
        .extracting(event ->
            event.at("/response/id").asText() + " " + event.at("/response/status").asText())
        .containsExactly("resp_s1_a1 cancelled", "resp_s1_a1-1 completed");
    assertThat(events)
        .filteredOn(event -> event.path("type").asText().endsWith("audio_transcript.delta"))
        .extracting(event -> event.path("delta").asText())
        .containsExactly("A long story.", "A long story.");
  }

  @Test
  void whatIsToldOnceMoreWhileTheAgentIsHeldBeginsNoResponse() {
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "A long story."));
    lab.play("1.0.0", 400);
    lab.clear();
    lab.events();
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "A long story."));

    assertThat(lab.types()).isEmpty();
  }

  @Test
  void aClientMayCancelWhatIsBeingSaid() {
    lab.client("'type':'response.cancel'");
    assertThat(lab.fault()).isEqualTo("response_cancel_not_active");
    lab.play("1.0.0", 400);
    lab.client("'type':'response.cancel','response_id':'resp_s1_a9'");
    lab.client("'type':'response.cancel','response_id':'resp_s1_a1'");
    lab.clear();
    lab.tell(new ClientEvent.TurnOver(1, true, "", 0, 0));

    assertThat(lab.log.of(CALL, CallEvent.Cancel.class)).hasSize(1);
    assertThat(lab.only("response.done").at("/response/status_details/reason").asText())
        .isEqualTo("client_cancelled");
  }

  @Test
  void onlyWhatWasSentCanBeTruncated() {
    lab.play("1.0.0", 400);
    lab.events();
    String truncate = "'type':'conversation.item.truncate','content_index':0,";
    lab.client(truncate + "'item_id':'item_s1_a1','audio_end_ms':401");
    assertThat(lab.fault()).isEqualTo("invalid_value");
    lab.client(truncate + "'item_id':'item_s1_u1','audio_end_ms':10");
    assertThat(lab.fault()).isEqualTo("invalid_value");
  }

  @Test
  void whatTheNodeItselfSaysIsAResponseInTheClientsFormat() {
    lab.stream.say(AudioBytes.wrap(new byte[8_000]));
    List<JsonNode> events = lab.events();

    int bytes =
        events.stream()
            .filter(event -> event.path("type").asText().equals("response.output_audio.delta"))
            .mapToInt(event -> event.path("delta").asText().length() / 4 * 3)
            .sum();
    assertThat(bytes).isBetween(46_000, 48_100);
    assertThat(events.getLast().at("/response/status").asText()).isEqualTo("completed");
  }

  @Test
  void aTurnThatTheNodeItselfSpeaksIntoGoesOnInAResponseOfItsOwn() {
    lab.tell(new ClientEvent.SentenceBegan(1, 0, "One moment."));
    lab.play("1.0.0", 400);
    lab.stream.say(AudioBytes.wrap(new byte[800]));
    lab.events();
    lab.tell(new ClientEvent.SentenceBegan(1, 1, "It has shipped."));
    lab.play("1.1.0", 400);
    List<JsonNode> events = lab.events();

    assertThat(events)
        .filteredOn(event -> event.path("type").asText().equals("response.created"))
        .extracting(event -> event.at("/response/id").asText())
        .containsExactly("resp_s1_a1-1");
    assertThat(events)
        .filteredOn(event -> event.path("type").asText().equals("response.output_audio.delta"))
        .isNotEmpty();
  }

  @Test
  void whatIsCancelledAlreadyIsNotCancelledAgain() {
    lab.play("1.0.0", 400);
    lab.client("'type':'response.cancel'");
    lab.events();
    lab.client("'type':'response.cancel'");

    assertThat(lab.fault()).isEqualTo("response_cancel_not_active");
    assertThat(lab.log.of(CALL, CallEvent.Cancel.class)).hasSize(1);
  }

  @Test
  void textsThatWaitAreBoundedTogether() {
    lab.write("a".repeat(3_990));
    lab.events();
    lab.write("b".repeat(11));

    assertThat(lab.fault()).isEqualTo("too_many_items");
  }
}
