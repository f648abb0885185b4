package dev.voxlog.ingress;

import static dev.voxlog.ingress.RealtimeLab.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeStreamTest {
  private final RealtimeLab lab = new RealtimeLab();

  private void begin() {
    lab.stream.open();
    lab.client("'type':'session.update','session':{'type':'realtime'}");
    lab.attach();
    lab.events();
  }

  private JsonNode only(String type) {
    List<JsonNode> found =
        lab.events().stream().filter(event -> event.path("type").asText().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  private String fault() {
    return only("error").at("/error/code").asText();
  }

  // The call.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'session.update','session':{'type':'realtime'}",
        "'type':'input_audio_buffer.append','audio':''",
        "'type':'response.create'",
        "'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':'input_text','text':'Hi'}]}"
      })
  void theCallBeginsWithTheFirstThingThatIsWantedOfIt(String message) {
    lab.stream.open();
    assertThat(lab.types()).containsExactly("session.created");
    assertThat(lab.log.records).isEmpty();
    lab.client(message);

    assertThat(lab.log.facts(CALL))
        .extracting(CallEvent::identity)
        .startsWith("started", "attached1");
    CallEvent.Started started = lab.log.of(CALL, CallEvent.Started.class).getFirst();
    assertThat(started.carrier()).isEqualTo("realtime");
    assertThat(started.agent()).isEqualTo("acme@1");
    CallEvent.Attached attached = lab.log.of(CALL, CallEvent.Attached.class).getFirst();
    assertThat(attached.codec()).isEqualTo(Codec.PCM16_24K);
    assertThat(attached.takesEvents()).isTrue();
    assertThat(lab.types()).doesNotContain("error");
  }

  @Test
  void whatIsRefusedBeginsNoCall() {
    lab.stream.open();
    lab.client("'type':'session.update','event_id':'mine','session':{'instructions':'be rude'}");

    JsonNode error = only("error").path("error");
    assertThat(error.path("param").asText()).isEqualTo("session.instructions");
    assertThat(error.path("event_id").asText()).isEqualTo("mine");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(lab.log.records).isEmpty();
  }

  @Test
  void theFormatIsFixedOnceTheCallHasBegun() {
    lab.stream.open();
    lab.append(20);
    String pcmu = "{'format':{'type':'audio/pcmu'}}";
    lab.client(
        "'type':'session.update','session':{'audio':{'input':" + pcmu + ",'output':" + pcmu + "}}");

    assertThat(fault()).isEqualTo("cannot_update_format");
  }

  @Test
  void telephoneAudioIsTakenAsItIs() {
    lab.stream.open();
    String pcmu = "{'format':{'type':'audio/pcmu'}}";
    lab.client(
        "'type':'session.update','session':{'audio':{'input':" + pcmu + ",'output':" + pcmu + "}}");
    lab.client("'type':'input_audio_buffer.append','audio':'" + "////".repeat(60) + "'");

    CallerAudio.Frame frame = lab.log.of(CALL, CallerAudio.Frame.class).getFirst();
    assertThat(frame.codec()).isEqualTo(Codec.MULAW_8K);
    assertThat(frame.audio().length()).isEqualTo(180);
  }

  @Test
  void whatIsAppendedIsWrittenAndAPauseIsAGap() {
    begin();
    lab.append(40);
    lab.pass(5_000);
    lab.append(40);

    assertThat(lab.log.audio(CALL))
        .extracting(CallerAudio::mediaMs)
        .containsExactly(0L, 40L, 4_960L);
    assertThat(((CallerAudio.Gap) lab.log.audio(CALL).get(1)).durationMs()).isEqualTo(4_920);
  }

  @Test
  void whatIsWrongIsToldAndTheCallGoesOn() {
    begin();
    lab.stream.message("oops");
    assertThat(fault()).isEqualTo("invalid_json");
    lab.client("'type':'input_audio_buffer.append','audio':'***'");
    assertThat(fault()).isEqualTo("invalid_value");
    lab.append(11_000);
    assertThat(fault()).isEqualTo("input_audio_buffer_too_far_ahead");
    lab.stream.binaryMessage();
    assertThat(fault()).isEqualTo("invalid_json");
    lab.append(20);

    assertThat(lab.log.of(CALL, CallerAudio.Frame.class)).hasSize(1);
    assertThat(lab.log.of(CALL, CallEvent.Error.class)).hasSize(4);
    assertThat(lab.closed).isEmpty();
    for (int n = 0; n < 200; n++) {
      lab.stream.message("oops");
    }
    assertThat(lab.closed).startsWith("1008");
    assertThat(lab.log.of(CALL, CallEvent.Error.class)).hasSize(20);
  }

  @Test
  void aCommitIsWrittenAsSilence() {
    begin();
    lab.client("'type':'input_audio_buffer.commit'");
    assertThat(fault()).isEqualTo("input_audio_buffer_commit_empty");
    lab.append(300);
    lab.client("'type':'input_audio_buffer.commit'");

    List<CallerAudio> audio = lab.log.audio(CALL);
    assertThat(audio.getLast().mediaMs()).isEqualTo(2_200);
    assertThat(audio).noneMatch(CallerAudio.Gap.class::isInstance);
  }

  @Test
  void whatIsBeingSaidCannotBeCleared() {
    begin();
    lab.client("'type':'input_audio_buffer.clear'");
    assertThat(lab.types()).containsExactly("input_audio_buffer.cleared");
    lab.tell(new ClientEvent.SpeechStarted(1, 100));
    lab.events();
    lab.client("'type':'input_audio_buffer.clear'");

    assertThat(fault()).isEqualTo("input_audio_buffer_in_use");
  }

  @Test
  void whoSaysGoodbyeHasHungUpAndWhoIsLostHasNot() {
    begin();
    lab.stream.closed(true);
    RealtimeLab other = new RealtimeLab();
    other.append(20);
    other.stream.closed(false);

    assertThat(lab.log.of(CALL, CallEvent.Detached.class).getFirst().isHangUp()).isTrue();
    CallEvent.Detached lost = other.log.of(CALL, CallEvent.Detached.class).getFirst();
    assertThat(lost.isHangUp()).isFalse();
    assertThat(lost.reason()).isEqualTo("dropped");
    assertThat(other.node.calls().size()).isZero();
  }

  @Test
  void whenTheAgentHangsUpTheSocketIsClosed() {
    begin();
    lab.hangUp();

    assertThat(lab.closed).isEqualTo("1000 agent-hung-up");
    assertThat(lab.log.of(CALL, CallEvent.Detached.class).getFirst().reason())
        .isEqualTo(CallStream.AGENT_HUNG_UP);
    lab.play("1.0.0", 100);
    assertThat(lab.reports).contains(new MediaFrame.Gone(CALL, 5));
  }

  @Test
  void aNodeThatStopsSaysSo() {
    begin();
    lab.node.calls().closeAll("stopping");

    assertThat(fault()).isEqualTo("server_stopping");
    assertThat(lab.closed).isEqualTo("1001 stopping");
  }

  @Test
  void whoDoesNotReadIsCutOff() {
    begin();
    lab.isBacklogged = true;
    lab.play("1.0.0", 100);

    assertThat(lab.closed).startsWith("1011");
    assertThat(lab.metrics.counted("carrier-backlog")).isOne();
  }

  // Texts.

  @Test
  void aTextIsSaidWhenItsAnswerIsAskedFor() {
    begin();
    lab.write("One.");
    lab.write("Two.");
    assertThat(lab.types())
        .containsExactly(
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.added",
            "conversation.item.done");
    assertThat(lab.log.of(CALL, CallEvent.Typed.class)).isEmpty();
    lab.client("'type':'response.create'");

    assertThat(lab.log.of(CALL, CallEvent.Typed.class))
        .extracting(CallEvent.Typed::text)
        .containsExactly("One.\nTwo.");
    lab.tell(new ClientEvent.SpeechStarted(1, 0, true));
    lab.tell(new ClientEvent.Final(1, "One.\nTwo."));
    lab.tell(new ClientEvent.SpeechEnded(1, 0, true));
    assertThat(lab.types()).isEmpty();
  }

  @Test
  void aResponseToNothingIsRefused() {
    begin();
    lab.client("'type':'response.create'");
    assertThat(lab.types()).isEmpty();
    lab.play("1.0.0", 100);
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(fault()).isEqualTo("conversation_already_has_active_response");
    lab.tell(new ClientEvent.TurnOver(1, false, "", 0, 0));
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(fault()).isEqualTo("nothing_to_answer");
    lab.speech(1, "Hello.");
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(lab.types()).isEmpty();
  }

  // What the call is told of.

  @Test
  void whatTheCallerSaysBecomesAnItem() {
    begin();
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
    begin();
    lab.client("'type':'session.update','session':{'audio':{'input':{'transcription':null}}}");
    lab.events();
    lab.speech(1, "Hello.");

    assertThat(lab.types()).noneMatch(type -> type.contains("transcription"));
  }

  @Test
  void aTurnBecomesAResponse() {
    begin();
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
    begin();
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
    begin();
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
    begin();
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
    begin();
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
  void aClientMayCancelWhatIsBeingSaid() {
    begin();
    lab.client("'type':'response.cancel'");
    assertThat(fault()).isEqualTo("response_cancel_not_active");
    lab.play("1.0.0", 400);
    lab.client("'type':'response.cancel','response_id':'resp_s1_a9'");
    lab.client("'type':'response.cancel','response_id':'resp_s1_a1'");
    lab.clear();
    lab.tell(new ClientEvent.TurnOver(1, true, "", 0, 0));

    assertThat(lab.log.of(CALL, CallEvent.Cancel.class)).hasSize(1);
    assertThat(only("response.done").at("/response/status_details/reason").asText())
        .isEqualTo("client_cancelled");
  }

  @Test
  void onlyWhatWasSentCanBeTruncated() {
    begin();
    lab.play("1.0.0", 400);
    lab.events();
    String truncate = "'type':'conversation.item.truncate','content_index':0,";
    lab.client(truncate + "'item_id':'item_s1_a1','audio_end_ms':401");
    assertThat(fault()).isEqualTo("invalid_value");
    lab.client(truncate + "'item_id':'item_s1_u1','audio_end_ms':10");
    assertThat(fault()).isEqualTo("invalid_value");
  }

  @Test
  void whatTheNodeItselfSaysIsAResponseInTheClientsFormat() {
    begin();
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
}
