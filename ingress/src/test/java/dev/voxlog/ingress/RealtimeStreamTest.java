package dev.voxlog.ingress;

import static dev.voxlog.ingress.RealtimeLab.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    JsonNode error = lab.only("error").path("error");
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

    assertThat(lab.fault()).isEqualTo("cannot_update_format");
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
    lab.begin();
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
    lab.begin();
    lab.stream.message("oops");
    assertThat(lab.fault()).isEqualTo("invalid_json");
    lab.client("'type':'input_audio_buffer.append','audio':'***'");
    assertThat(lab.fault()).isEqualTo("invalid_value");
    lab.append(11_000);
    assertThat(lab.fault()).isEqualTo("input_audio_buffer_too_far_ahead");
    lab.stream.binaryMessage();
    assertThat(lab.fault()).isEqualTo("invalid_json");
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
  void whatWentWrongLongAgoEndsNoSession() {
    lab.begin();
    for (int minute = 0; minute < 5; minute++) {
      for (int n = 0; n < 150; n++) {
        lab.stream.message("oops");
      }
      lab.pass(60_000);
    }

    assertThat(lab.closed).isEmpty();
  }

  @Test
  void textsComeAtARateAndOneThatIsRefusedIsNotSaid() {
    lab.begin();
    for (int n = 0; n < 60; n++) {
      lab.write("Hello");
      lab.client("'type':'response.create'");
    }
    assertThat(lab.types()).doesNotContain("error");
    lab.write("Once more");
    assertThat(lab.fault()).isEqualTo("rate_limit_exceeded");
    lab.pass(1_000);
    lab.write("And now");
    lab.client("'type':'response.create'");

    assertThat(lab.types()).doesNotContain("error");
    assertThat(lab.log.of(CALL, CallEvent.Typed.class))
        .hasSize(61)
        .last()
        .extracting(CallEvent.Typed::text)
        .isEqualTo("And now");
  }

  @Test
  void aPastedPageIsTakenAndCharactersComeBackWithTime() {
    lab.begin();
    paste(4_000);
    paste(2_000);
    assertThat(lab.types()).doesNotContain("error");
    paste(1_000);
    assertThat(lab.fault()).isEqualTo("rate_limit_exceeded");
    lab.pass(10_000);
    paste(1_000);

    assertThat(lab.types()).doesNotContain("error");
    assertThat(lab.log.of(CALL, CallEvent.Typed.class))
        .extracting(typed -> typed.text().length())
        .containsExactly(4_000, 2_000, 1_000);
  }

  private void paste(int characters) {
    lab.write("x".repeat(characters));
    lab.client("'type':'response.create'");
  }

  @Test
  void whoFloodsIsCutOffAndWhoComesInARushIsNot() {
    lab.begin();
    for (int n = 0; n < 500; n++) {
      lab.append(20);
    }
    assertThat(lab.closed).isEmpty();
    for (int n = 0; n < 2_000; n++) {
      lab.client("'type':'input_audio_buffer.append','audio':''");
    }

    assertThat(lab.closed).startsWith("1008");
    assertThat(lab.metrics.counted("message-flood")).isOne();
  }

  @Test
  void aCommitIsWrittenAsSilence() {
    lab.begin();
    lab.client("'type':'input_audio_buffer.commit'");
    assertThat(lab.fault()).isEqualTo("input_audio_buffer_commit_empty");
    lab.append(300);
    lab.client("'type':'input_audio_buffer.commit'");

    List<CallerAudio> audio = lab.log.audio(CALL);
    assertThat(audio.getLast().mediaMs()).isEqualTo(2_200);
    assertThat(audio).noneMatch(CallerAudio.Gap.class::isInstance);
  }

  @Test
  void whatIsBeingSaidCannotBeCleared() {
    lab.begin();
    lab.client("'type':'input_audio_buffer.clear'");
    assertThat(lab.types()).containsExactly("input_audio_buffer.cleared");
    lab.tell(new ClientEvent.SpeechStarted(1, 100));
    lab.events();
    lab.client("'type':'input_audio_buffer.clear'");

    assertThat(lab.fault()).isEqualTo("input_audio_buffer_in_use");
  }

  @Test
  void whoSaysGoodbyeHasHungUpAndWhoIsLostHasNot() {
    lab.begin();
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
    lab.begin();
    lab.hangUp();

    assertThat(lab.closed).isEqualTo("1000 agent-hung-up");
    assertThat(lab.log.of(CALL, CallEvent.Detached.class).getFirst().reason())
        .isEqualTo(CallStream.AGENT_HUNG_UP);
    lab.play("1.0.0", 100);
    assertThat(lab.reports).contains(new MediaFrame.Gone(CALL, 5));
  }

  @Test
  void aNodeThatStopsSaysSo() {
    lab.begin();
    lab.node.calls().closeAll("stopping");

    assertThat(lab.fault()).isEqualTo("server_stopping");
    assertThat(lab.closed).isEqualTo("1001 stopping");
  }

  @Test
  void whoDoesNotReadIsCutOff() {
    lab.begin();
    lab.isBacklogged = true;
    lab.play("1.0.0", 100);

    assertThat(lab.closed).startsWith("1011");
    assertThat(lab.metrics.counted("carrier-backlog")).isOne();
  }

  // Texts.

  @Test
  void aTextIsSaidWhenItsAnswerIsAskedFor() {
    lab.begin();
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
  void whatTheAgentDoesNotKeepIsNotWritten() {
    lab.begin();
    lab.write("It is 4111.");
    lab.client("'type':'response.create'");

    assertThat(lab.log.of(CALL, CallEvent.Typed.class))
        .extracting(CallEvent.Typed::text)
        .containsExactly("It is [masked].");
  }

  @Test
  void aResponseToNothingIsRefused() {
    lab.begin();
    lab.client("'type':'response.create'");
    assertThat(lab.types()).isEmpty();
    lab.play("1.0.0", 100);
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(lab.fault()).isEqualTo("conversation_already_has_active_response");
    lab.tell(new ClientEvent.TurnOver(1, false, "", 0, 0));
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(lab.fault()).isEqualTo("nothing_to_answer");
    lab.speech(1, "Hello.");
    lab.events();
    lab.client("'type':'response.create'");
    assertThat(lab.types()).isEmpty();
  }
}
