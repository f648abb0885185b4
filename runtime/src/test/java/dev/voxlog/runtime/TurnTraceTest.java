package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TurnTraceTest {
  private static final CallId CALL = new CallId("call");
  private static final Instant AT = TestCalls.AT;

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private final Tracer tracer = TELEMETRY.getOpenTelemetry().getTracer("test");

  private static Arrival arrival(VoxEvent event, @Nullable String traceparent) {
    return new Arrival(Topic.of(event), 0, 0, 0, event, new byte[0], traceparent, false);
  }

  private static SpanData span(String name) {
    List<SpanData> found =
        TELEMETRY.getSpans().stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as("spans named %s", name).hasSize(1);
    return found.getFirst();
  }

  private static Duration lasted(SpanData span) {
    return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
  }

  @Test
  void aTurnIsOneTraceFromTheFirstSoundOfSpeechToThePlayback() {
    TurnTrace stt = new TurnTrace(tracer, StageName.STT);
    String opened = stt.writing(new TranscriptEvent.SpeechStarted(CALL, AT, 1, 0, 200), AT);
    TranscriptEvent.Final words =
        new TranscriptEvent.Final(
            CALL, AT, 1, "hello", 1, List.of(), 0, 800, 1200, "moonshine", 90);
    String carried = stt.writing(words, AT.plusMillis(1200));
    stt.writing(new TranscriptEvent.SpeechEnded(CALL, AT, 1, true, 800, 1200), AT.plusMillis(1201));
    assertThat(carried).isEqualTo(opened);

    TurnTrace llm = new TurnTrace(tracer, StageName.LLM);
    llm.handling(arrival(words, carried), AT.plusMillis(1210));
    TurnEvent.Sentence sentence =
        new TurnEvent.Sentence(CALL, AT, 1, 0, "Hello.", TurnEvent.Purpose.ANSWER, List.of(1));
    assertThat(llm.writing(sentence, AT.plusMillis(1240))).isEqualTo(opened);

    TurnTrace egress = new TurnTrace(tracer, StageName.EGRESS);
    egress.handling(arrival(words, carried), AT.plusMillis(1210));
    egress.writing(
        new CallEvent.Heard(CALL, AT, 1, 0, 0, "Hello.", 500, true, CallEvent.Evidence.ACKED),
        AT.plusMillis(2000));

    SpanData root = span("voice.turn");
    assertThat(root.getParentSpanContext().isValid()).isFalse();
    assertThat(lasted(root)).isEqualTo(Duration.ofMillis(1201));
    for (String child : List.of("voice.stt", "voice.endpointing", "voice.llm", "voice.playback")) {
      assertThat(span(child).getParentSpanContext().getSpanId())
          .as(child)
          .isEqualTo(root.getSpanId());
      assertThat(span(child).getTraceId()).isEqualTo(root.getTraceId());
    }
    assertThat(lasted(span("voice.stt"))).isEqualTo(Duration.ofMillis(90));
    assertThat(lasted(span("voice.endpointing"))).isEqualTo(Duration.ofMillis(400));
    assertThat(lasted(span("voice.llm"))).isEqualTo(Duration.ofMillis(30));
    assertThat(lasted(span("voice.playback"))).isEqualTo(Duration.ofMillis(500));
    assertThat(TELEMETRY.getSpans())
        .as("nothing that the caller or the agent said")
        .noneMatch(each -> each.getAttributes().toString().toLowerCase().contains("hello"));
  }

  @Test
  void theNextUtteranceIsAnotherTraceAndAudioCarriesNone() {
    TurnTrace stt = new TurnTrace(tracer, StageName.STT);
    String first = stt.writing(new TranscriptEvent.SpeechStarted(CALL, AT, 1, 0, 0), AT);
    String second = stt.writing(new TranscriptEvent.SpeechStarted(CALL, AT, 2, 0, 0), AT);
    assertThat(second).isNotEqualTo(first);
    assertThat(stt.writing(TestCalls.frame(CALL, 1, 0), AT)).isNull();
  }

  @Test
  void withoutTracingTheRecordsOfATurnStillShareAnId() {
    TurnTrace stt = new TurnTrace(OpenTelemetry.noop().getTracer("none"), StageName.STT);
    String opened = stt.writing(new TranscriptEvent.SpeechStarted(CALL, AT, 1, 0, 0), AT);
    assertThat(opened).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    assertThat(stt.writing(TestCalls.words(CALL, 1), AT)).isEqualTo(opened);
  }

  @Test
  void aToolCallIsAChildOfItsTurnThatTellsTheToolAndTheOutcomeAlone() {
    String turn = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    TurnTrace llm = new TurnTrace(tracer, StageName.LLM);
    llm.handling(arrival(TestCalls.words(CALL, 1), turn), AT);
    llm.writing(
        new CallEvent.ToolRequested(CALL, AT, 2, 0, "getOrder", "{\"id\":\"45812\"}"),
        AT.plusMillis(4));
    llm.writing(
        new CallEvent.ToolDone(
            CALL, AT, 2, 0, "getOrder", CallEvent.Outcome.OK, "{\"id\":\"45812\"}", 80),
        AT.plusMillis(90));

    SpanData tool = span("voice.tool");
    assertThat(tool.getParentSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(lasted(tool)).isEqualTo(Duration.ofMillis(80));
    assertThat(tool.getAttributes().asMap())
        .containsOnly(
            entry(AttributeKey.stringKey("gen_ai.tool.name"), "getOrder"),
            entry(AttributeKey.stringKey("voice.tool.outcome"), "ok"));
    assertThat(lasted(span("voice.llm"))).isEqualTo(Duration.ofMillis(4));
  }

  @Test
  void anAnswerGoesBackToTheTurnThatAsked() {
    TurnTrace llm = new TurnTrace(tracer, StageName.LLM);
    llm.handling(
        arrival(
            TestCalls.words(CALL, 1), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        AT);
    String asked = llm.current();
    llm.handling(
        arrival(
            TestCalls.words(CALL, 2), "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        AT);
    llm.resume(asked);
    assertThat(llm.writing(new CallEvent.Consent(CALL, AT, 1, "x", true), AT)).isEqualTo(asked);
  }
}
