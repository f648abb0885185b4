package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that ask for each answer, through all six stages: one that talks by pushing, and one
/// whose turns are detected.
@OnCluster
class RealtimeOnRequestIT {
  private static final int WHERE_IS_MY_ORDER = 101;
  private static final int THANKS = 103;
  private static final String SESSION =
      """
      {"type": "session.update", "session": {"type": "realtime", "audio": {
        "input": {"turn_detection": %s}, "output": {"voice": "%s"}}}}
      """;
  private static final String COMMIT = "{\"type\": \"input_audio_buffer.commit\"}";
  private static final String CLEAR = "{\"type\": \"input_audio_buffer.clear\"}";
  private static final String ASK = "{\"type\": \"response.create\"}";
  private static final String TRANSCRIBED = "conversation.item.input_audio_transcription.completed";

  @TempDir static Path folder;
  private static Estate estate;
  private static Order order;

  @BeforeAll
  static void start() {
    TestOrders orders = TestOrders.ofToday();
    order = orders.shipped();
    estate =
        Estate.scripted(
            folder,
            orders,
            Map.of(WHERE_IS_MY_ORDER, "where is my order", THANKS, "thank you very much"),
            ScriptedVoice.WORD);
  }

  @AfterAll
  static void stop() {
    estate.close();
  }

  /// The greeting has been heard.
  private static RealtimeProgram begin(String turnDetection, String voice) {
    RealtimeProgram program = new RealtimeProgram(estate.ingress().port());
    program.awaits(0, "session.created");
    JsonNode session =
        program.send(SESSION.formatted(turnDetection, voice)).awaits(0, "session.updated");
    assertThat(session.at("/session/audio/output/voice").asText()).isEqualTo(voice);
    program.awaits(0, "response.done");
    return program;
  }

  @Test
  void whoTalksByPushingIsHeardWhenItCommitsAndAnsweredWhenItAsks() {
    try (RealtimeProgram program = begin("null", "marin")) {
      CallId call = program.call();
      int pushed = program.told();
      program.appends(THANKS).send(CLEAR).awaits(pushed, "input_audio_buffer.cleared");
      program.appends(WHERE_IS_MY_ORDER).send(COMMIT);
      JsonNode words = program.awaits(pushed, TRANSCRIBED);
      assertThat(words.path("transcript").asText()).isEqualTo("where is my order");
      assertThat(program.types(pushed))
          .containsExactly(
              "input_audio_buffer.cleared",
              "input_audio_buffer.committed",
              "conversation.item.added",
              "conversation.item.done",
              "conversation.item.input_audio_transcription.delta",
              TRANSCRIBED);

      program.send(ASK).awaits(pushed, "response.done");
      int typed = program.told();
      JsonNode answer = program.types(order.id()).awaits(typed, "response.done");
      assertThat(RealtimeProgram.transcript(answer)).contains(order.item());
      int thanked = program.told();
      program.appends(THANKS).send(COMMIT).send(ASK).awaits(thanked, "response.done");

      WholeLog log = estate.log();
      assertThat(log.of(call, TranscriptEvent.Final.class))
          .extracting(TranscriptEvent.Final::text)
          .containsExactly("where is my order", order.id(), "thank you very much");
      assertThat(log.of(call, CallerAudio.Committed.class)).hasSize(2);
      assertThat(log.of(call, CallEvent.Asked.class)).hasSize(3);
      assertThat(log.of(call, CallEvent.Silence.class)).isEmpty();
      assertThat(log.of(call, CallEvent.Error.class)).isEmpty();
    }
  }

  @Test
  void whoCommitsWhileTheAgentSpeaksDoesNotInterruptItAndMayCancel() {
    try (RealtimeProgram program = begin("null", "cedar")) {
      CallId call = program.call();
      int asked = program.told();
      program.types("where is my order").awaits(asked, "response.done");
      int told = program.told();
      program.types(order.id()).awaits(told, "response.output_audio.delta");
      program.appends(THANKS).send(COMMIT).awaits(told, TRANSCRIBED);
      assertThat(program.types(told)).doesNotContain("response.done");

      program.send("{\"type\": \"response.cancel\"}").awaits(told, "response.done");
      int cancelled = program.told();
      JsonNode answer = program.send(ASK).awaits(cancelled, "response.done");
      assertThat(answer.at("/response/status").asText()).isEqualTo("completed");
      assertThat(estate.log().of(call, CallEvent.Verdict.class))
          .extracting(CallEvent.Verdict::ruling)
          .containsOnly(Ruling.CLEAR);
    }
  }

  @Test
  void whatIsDetectedIsAnsweredWhenTheProgramAsks() {
    String turns = "{\"type\": \"server_vad\", \"create_response\": false}";
    try (RealtimeProgram program = begin(turns, "alloy")) {
      CallId call = program.call();
      int spoken = program.told();
      program.listens().says(WHERE_IS_MY_ORDER).awaits(spoken, TRANSCRIBED);
      program.says(THANKS).awaits(program.told(), TRANSCRIBED);
      assertThat(program.types(spoken))
          .contains("input_audio_buffer.speech_started", "input_audio_buffer.committed")
          .doesNotContain("response.created");
      assertThat(estate.log().of(call, CallEvent.Verdict.class))
          .extracting(CallEvent.Verdict::ruling)
          .containsExactly(Ruling.CLEAR, Ruling.CLEAR);

      program.send(ASK).awaits(spoken, "response.done");
      assertThat(program.types(spoken)).containsOnlyOnce("response.created");
      assertThat(estate.log().of(call, CallEvent.Error.class)).isEmpty();
    }
  }
}
