package dev.voxlog.runtime;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The trace of a call's current turn at one stage.
///
/// Every text record carries its turn's root, `voice.turn`, so that each stage's span is a child of
/// it. A record that opens a turn, or has no turn to belong to, opens a root. Audio carries no
/// trace: what is written because of it belongs to the turn at hand. Confined to the call's
/// mailbox.
final class TurnTrace {
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("voice.tool.outcome");
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.type");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");

  private final Tracer tracer;
  private final StageName stage;
  private @Nullable String turn;
  private @Nullable Span root;
  private @Nullable Cause unanswered;

  /// A record that has not led to another yet.
  private record Cause(Instant receivedAt, Topic topic) {}

  TurnTrace(Tracer tracer, StageName stage) {
    this.tracer = tracer;
    this.stage = stage;
  }

  /// A record is about to be handled.
  void handling(Arrival arrival, Instant now) {
    if (arrival.traceparent() != null) {
      turn = arrival.traceparent();
      unanswered = new Cause(now, arrival.topic());
    }
  }

  /// What is said from here on belongs to this trace: an answer to a request goes back to the turn
  /// that asked.
  void resume(@Nullable String traceparent) {
    if (traceparent != null) {
      turn = traceparent;
    }
  }

  @Nullable String current() {
    return turn;
  }

  /// A record is about to be written: gives the header it carries, null on audio.
  @Nullable String writing(VoxEvent event, Instant now) {
    boolean opens =
        event instanceof TranscriptEvent.SpeechStarted || event instanceof CallEvent.Silence;
    boolean isAudio = Topic.of(event).isAudio();
    if (opens || (turn == null && !isAudio)) {
      open(now);
    }
    spansOf(event, now);
    if (event instanceof TranscriptEvent.SpeechEnded
        || event instanceof TurnEvent.TurnEnded
        || event instanceof CallEvent.Silence) {
      end(now);
    }
    return isAudio ? null : turn;
  }

  private void open(Instant now) {
    end(now);
    Span span = tracer.spanBuilder("voice.turn").setNoParent().setStartTimestamp(now).startSpan();
    root = span;
    turn = TraceParent.of(span.getSpanContext());
    unanswered = null;
  }

  private void spansOf(VoxEvent event, Instant now) {
    switch (event) {
      case TranscriptEvent.Final words -> {
        span("voice.stt", now.minusMillis(words.decodeMs()), now);
        span("voice.endpointing", now.minusMillis(Math.max(0, words.endpointingMs())), now);
      }
      case CallEvent.ToolDone done -> {
        Attributes tool =
            Attributes.of(
                TOOL, done.tool(), OUTCOME, done.outcome().name().toLowerCase(Locale.ROOT));
        span("voice.tool", SpanKind.CLIENT, now.minusMillis(done.tookMs()), now, tool);
      }
      case CallEvent.Heard heard -> span("voice.playback", now.minusMillis(heard.heardMs()), now);
      default -> answer(now);
    }
  }

  /// The stage's own span, from the record that was handled to the first one that it led to.
  private void answer(Instant now) {
    Cause cause = unanswered;
    if (cause == null || stage == StageName.STT || stage == StageName.EGRESS) {
      return;
    }
    unanswered = null;
    Attributes record =
        Attributes.of(SYSTEM, "kafka", OPERATION, "process", DESTINATION, cause.topic().id());
    span("voice." + stage.id(), SpanKind.CONSUMER, cause.receivedAt(), now, record);
  }

  private void span(String name, Instant from, Instant to) {
    span(name, SpanKind.INTERNAL, from, to, Attributes.empty());
  }

  private void span(String name, SpanKind kind, Instant from, Instant to, Attributes attributes) {
    SpanContext parent = TraceParent.parse(turn);
    if (!parent.isValid() || !parent.isSampled()) {
      return;
    }
    tracer
        .spanBuilder(name)
        .setParent(Context.root().with(Span.wrap(parent)))
        .setSpanKind(kind)
        .setAllAttributes(attributes)
        .setStartTimestamp(from)
        .startSpan()
        .end(to);
  }

  /// The turn is over as far as this stage opened it.
  void end(Instant now) {
    if (root != null) {
      root.end(now);
      root = null;
    }
  }
}
