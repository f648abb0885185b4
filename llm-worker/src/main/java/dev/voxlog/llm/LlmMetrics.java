package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.schemas.TurnEvent.Next;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The dialogue's instruments, for one agent. No attribute holds a caller's words.
final class LlmMetrics {
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");
  private static final AttributeKey<String> INTENT = AttributeKey.stringKey("intent");
  // The dialogue graph is the engine where no language model is configured.
  private static final Attributes ENGINE =
      Attributes.of(
          AttributeKey.stringKey("engine"), "graph", AttributeKey.stringKey("model"), "none");

  private final Agent agent;
  private final DoubleHistogram firstSentence;
  private final DoubleHistogram whole;
  private final LongCounter completed;
  private final LongCounter escalations;

  LlmMetrics(Agent agent) {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.llm");
    this.agent = agent;
    firstSentence = meter.histogramBuilder("voice.llm.ttft_ms").setUnit("ms").build();
    whole = meter.histogramBuilder("voice.llm.total_ms").setUnit("ms").build();
    completed = meter.counterBuilder("voice.task.completed").build();
    escalations = meter.counterBuilder("voice.escalations.total").build();
  }

  /// The turn's answer begins.
  void begun(OpenTurn turn, Instant now) {
    firstSentence.record(ms(turn, now), ENGINE);
  }

  /// The turn has ended; `intent` is what it answered last.
  void ended(OpenTurn turn, Instant now, Next next, @Nullable String intent) {
    whole.record(ms(turn, now), ENGINE);
    turn.completed.forEach(flow -> completed.add(1, of(intentOf(flow))));
    if (next == Next.TRANSFER) {
      escalations.add(1, of(intent == null ? "none" : intent));
    }
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
