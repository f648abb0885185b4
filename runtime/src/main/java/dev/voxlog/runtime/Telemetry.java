package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;

/// The runtime's own instruments, by the names dashboards know. Recorded through the OpenTelemetry API: without an agent or
/// SDK they cost next to nothing. Safe from any thread.
final class Telemetry {
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("topic");
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("group");

  private final Attributes stage;
  private final String group;
  private final LongCounter deadLetters;
  private final LongCounter errors;
  private final LongCounter voided;
  private final LongCounter newerKinds;
  private final LongCounter takeovers;
  private final LongCounter pauses;
  private final DoubleHistogram takeoverGap;
  private final DoubleHistogram hopLatency;
  private final LongUpDownCounter live;

  Telemetry(StageName name, String group) {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.runtime");
    this.stage = Attributes.of(STAGE, name.id());
    this.group = group;
    deadLetters = meter.counterBuilder("voice.dead_letters.total").build();
    errors = meter.counterBuilder("voice.errors.total").build();
    voided = meter.counterBuilder("voice.void_records.total").build();
    newerKinds = meter.counterBuilder("voice.unknown_kinds.total").build();
    takeovers = meter.counterBuilder("voice.takeover.total").build();
    pauses = meter.counterBuilder("voice.pauses.total").build();
    takeoverGap = meter.histogramBuilder("voice.takeover.gap_ms").setUnit("ms").build();
    hopLatency = meter.histogramBuilder("voice.hop.latency_ms").setUnit("ms").build();
    live = meter.upDownCounterBuilder("voice.stage.calls").build();
  }

  void deadLetter(StageName name, String reason) {
    deadLetters.add(1, Attributes.of(STAGE, name.id(), REASON, reason));
  }

  void error(StageName name, String reason) {
    errors.add(1, Attributes.of(STAGE, name.id(), REASON, reason));
  }

  void voided(Topic topic) {
    voided.add(1, stage.toBuilder().put(TOPIC, topic.id()).build());
  }

  void newerKind(Topic topic) {
    newerKinds.add(1, stage.toBuilder().put(TOPIC, topic.id()).build());
  }

  void takeover(int calls, double tookMs) {
    takeovers.add(calls, stage);
    takeoverGap.record(tookMs, stage);
  }

  void paused() {
    pauses.add(1, stage);
  }

  void hop(Topic topic, double ms) {
    hopLatency.record(ms, Attributes.of(TOPIC, topic.id(), GROUP, group));
  }

  void active(int change) {
    live.add(change, stage);
  }
}
