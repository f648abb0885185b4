package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A program that talks, types, interrupts and cancels through all six stages.
@OnCluster
class RealtimeTalkIT {
  private static final int WHERE_IS_MY_ORDER = 101;
  private static final int THANKS = 103;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BEGIN =
      """
      {"type": "session.update", "session": {"type": "realtime", "audio": {
        "input": {"format": {"type": "audio/pcm", "rate": 24000},
          "turn_detection": {"type": "server_vad"}},
        "output": {"format": {"type": "audio/pcm", "rate": 24000}}}}}
      """;

  private static final String OTHERWISE =
      """
      {"type": "session.update", "session": {"type": "realtime", "audio": {
        "input": {"turn_detection": {"type": "server_vad", "silence_duration_ms": 1200,
          "interrupt_response": false}},
        "output": {"voice": "slow-tones"}}}}
      """;

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
  private static RealtimeProgram begin() {
    return begin(BEGIN);
  }

  private static RealtimeProgram begin(String update) {
    RealtimeProgram program = new RealtimeProgram(estate.ingress().port());
    program.awaits(0, "session.created");
    program.send(update).awaits(0, "session.updated");
    JsonNode greeting = program.listens().awaits(0, "response.done");
    List<String> sentences = estate.agent().agent().greeting().sentences();
    assertThat(RealtimeProgram.transcript(greeting)).isEqualTo(String.join(" ", sentences));
    assertThat(program.tones(0)).isEqualTo(ScriptedTalk.ids(sentences));
    return program;
  }

  /// Has the program ask for the order; gives the place from which on it is told the answer, which
  /// has several sentences and has just begun.
  private static int isTellingOfTheOrder(RealtimeProgram program) {
    int asked = program.told();
    program.types("where is my order").awaits(asked, "response.done");
    int told = program.told();
    program.types(order.id()).awaits(told, "response.output_audio.delta");
    return told;
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aSpokenWishAndATypedNumberLeadToTheAnswer() {
    try (RealtimeProgram program = begin()) {
      CallId call = program.call();
      int spoken = program.told();
      program.says(WHERE_IS_MY_ORDER);
      JsonNode words =
          program.awaits(spoken, "conversation.item.input_audio_transcription.completed");
      assertThat(words.path("transcript").asText()).isEqualTo("where is my order");
      program.awaits(spoken, "response.done");
      assertThat(program.types(spoken))
          .containsSubsequence(
              "input_audio_buffer.speech_started",
              "input_audio_buffer.speech_stopped",
              "response.created",
              "response.output_audio.delta",
              "response.done");

      int typed = program.told();
      program.types(order.id());
      JsonNode answer = program.awaits(typed, "response.done");
      assertThat(RealtimeProgram.transcript(answer)).contains(order.item());
      assertThat(program.types(typed)).doesNotContain("input_audio_buffer.speech_started");

      WholeLog log = estate.log();
      assertThat(log.of(call, TranscriptEvent.Final.class))
          .extracting(TranscriptEvent.Final::text)
          .containsExactly("where is my order", order.id());
      assertThat(log.of(call, TranscriptEvent.Final.class).getLast().isTyped()).isTrue();
      assertThat(log.done(call)).hasSize(1);
      assertThat(log.of(call, AgentAudio.Chunk.class))
          .allMatch(chunk -> chunk.codec() == Codec.PCM16_24K);
      assertThat(log.of(call, CallerAudio.Frame.class))
          .isNotEmpty()
          .allMatch(frame -> frame.codec() == Codec.PCM16_24K);
      assertThat(log.of(call, CallEvent.Error.class)).isEmpty();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whoSpeaksOverTheAnswerInterruptsIt() {
    try (RealtimeProgram program = begin()) {
      CallId call = program.call();
      int asked = isTellingOfTheOrder(program);
      program.says(THANKS).awaits(asked, "input_audio_buffer.speech_started");
      JsonNode cut = program.awaits(asked, "response.done");

      assertThat(cut.path("response").path("status").asText()).isEqualTo("cancelled");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(estate.log().of(call, CallEvent.Verdict.class))
                  .extracting(CallEvent.Verdict::ruling)
                  .contains(Ruling.INTERRUPTED));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatTheProgramCancelsIsBrokenOffAndNotAnInterruption() {
    try (RealtimeProgram program = begin()) {
      CallId call = program.call();
      int asked = isTellingOfTheOrder(program);
      JsonNode cut = program.send("{\"type\": \"response.cancel\"}").awaits(asked, "response.done");

      assertThat(cut.path("response").path("status").asText()).isEqualTo("cancelled");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(estate.log().of(call, CallEvent.Cancelled.class))
                  .extracting(CallEvent.Cancelled::turn)
                  .containsExactly(3));
      assertThat(estate.log().of(call, CallEvent.Verdict.class))
          .extracting(CallEvent.Verdict::ruling)
          .containsOnly(Ruling.CLEAR);
    }
  }

  @Test
  void aProgramIsSpokenToAndListenedToAsItHasSet() {
    try (RealtimeProgram program = begin(OTHERWISE)) {
      CallId call = program.call();
      JsonNode session = program.awaits(0, "session.updated").path("session");
      assertThat(session.at("/audio/output/voice").asText()).isEqualTo("slow-tones");
      assertThat(session.at("/audio/input/turn_detection/interrupt_response").asBoolean(true))
          .isFalse();
      int asked = isTellingOfTheOrder(program);
      JsonNode answer = program.says(THANKS).awaits(asked, "response.done");
      assertThat(answer.path("response").path("status").asText()).isEqualTo("completed");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(estate.log().of(call, TranscriptEvent.SpeechEnded.class)).hasSize(3));

      WholeLog log = estate.log();
      assertThat(log.of(call, CallEvent.Started.class))
          .singleElement()
          .satisfies(started -> assertThat(started.settings().voice()).isEqualTo("slow-tones"));
      assertThat(log.of(call, TranscriptEvent.SpeechEnded.class).getLast())
          .satisfies(
              ended -> assertThat(ended.mediaMs() - ended.endMs()).isBetween(1_150L, 1_300L));
      assertThat(log.of(call, CallEvent.Verdict.class))
          .extracting(CallEvent.Verdict::ruling)
          .doesNotContain(Ruling.INTERRUPTED);
      assertThat(greetingMs(log, call)).isGreaterThan(usualGreetingMs() * 4 / 3);
      assertThat(log.of(call, CallEvent.Error.class)).isEmpty();
    }
  }

  private static long greetingMs(WholeLog log, CallId call) {
    return log.of(call, AgentAudio.Chunk.class).stream()
        .filter(chunk -> chunk.turn() == 1)
        .mapToLong(chunk -> chunk.codec().millis(chunk.audio().length()))
        .sum();
  }

  private static long usualGreetingMs() {
    return estate.agent().agent().greeting().sentences().stream()
        .mapToLong(sentence -> ScriptedVoice.samplesOf(sentence) * 1_000L / ToneCode.RATE)
        .sum();
  }
}
