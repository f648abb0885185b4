package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.TurnEvent.Next;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The dialogue's instruments, for one agent. No attribute holds a caller's words.
final class LlmMetrics {
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");
  private static final AttributeKey<String> WHY = AttributeKey.stringKey("why");
  private static final AttributeKey<String> INTENT = AttributeKey.stringKey("intent");
  private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("engine");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");
  private static final Attributes GRAPH = Attributes.of(ENGINE, "graph", MODEL, "none");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> REQUEST_MODEL =
      AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<String> TOKEN_TYPE =
      AttributeKey.stringKey("gen_ai.token.type");

  private final Agent agent;
  private final DoubleHistogram firstSentence;
  private final DoubleHistogram whole;
  private final LongCounter completed;
  private final LongCounter escalations;
  private final LongHistogram tokens;
  private final LongCounter withheld;

  LlmMetrics(Agent agent) {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.llm");
    this.agent = agent;
    firstSentence = meter.histogramBuilder("voice.llm.ttft_ms").setUnit("ms").build();
    whole = meter.histogramBuilder("voice.llm.total_ms").setUnit("ms").build();
    completed = meter.counterBuilder("voice.task.completed").build();
    escalations = meter.counterBuilder("voice.escalations.total").build();
    withheld = meter.counterBuilder("voice.llm.withheld.total").build();
    tokens =
        meter.histogramBuilder("gen_ai.client.token.usage").ofLongs().setUnit("{token}").build();
  }

  /// The turn's answer begins.
  void begun(OpenTurn turn, Instant now) {
    firstSentence.record(ms(turn, now), engine(turn));
  }

  /// The turn has ended; `intent` is what it answered last.
  void ended(OpenTurn turn, Instant now, Next next, @Nullable String intent) {
    whole.record(ms(turn, now), engine(turn));
    turn.completed.forEach(flow -> completed.add(1, of(intentOf(flow))));
    if (next == Next.TRANSFER) {
      escalations.add(1, of(intent == null ? "none" : intent));
    }
  }

  /// What a language model used (OpenTelemetry's conventions for generative AI).
  void used(Decided decided) {
    if (decided.promptTokens() > 0) {
      tokens.record(decided.promptTokens(), of(decided, "input"));
      tokens.record(decided.completionTokens(), of(decided, "output"));
    }
  }

  /// A sentence of a language model's was not said.
  void withheld(Bounds.Breach breach) {
    withheld.add(1, Attributes.of(AGENT, agent.name(), WHY, breach.told()));
  }

  private static Attributes of(Decided decided, String type) {
    return Attributes.of(OPERATION, "chat", REQUEST_MODEL, decided.model(), TOKEN_TYPE, type);
  }

  private static Attributes engine(OpenTurn turn) {
    return turn.model == null ? GRAPH : Attributes.of(ENGINE, "chat", MODEL, turn.model);
  }

  private static double ms(OpenTurn turn, Instant now) {
    return Duration.between(turn.since, now).toNanos() / 1e6;
  }

  private String intentOf(String flow) {
    return agent.intents().stream()
        .filter(each -> each.target().equals(new Intent.Enter(flow)))
        .map(Intent::name)
        .findFirst()
        .orElse(flow);
  }

  private Attributes of(String intent) {
    return Attributes.of(AGENT, agent.name(), INTENT, intent);
  }
}
