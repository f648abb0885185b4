package dev.voxlog.stt;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;

/// How long callers wait for their words to be known, for dashboards. Safe from any thread.
final class SttMetrics {
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");

  private final DoubleHistogram latency;
  private final DoubleHistogram endpointing;
  private final Attributes engine;

  SttMetrics(String engine) {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.stt");
    this.latency = meter.histogramBuilder("voice.stt.latency_ms").setUnit("ms").build();
    this.endpointing = meter.histogramBuilder("voice.endpointing.latency_ms").setUnit("ms").build();
    this.engine = Attributes.of(AttributeKey.stringKey("engine"), engine);
  }

  /// An utterance became final: `endpointingMs` of media after the speech ended, `waitedMs` of
  /// which were spent on nothing but the words.
  void decided(String agent, long endpointingMs, long waitedMs) {
    endpointing.record(endpointingMs, Attributes.of(AGENT, agent));
    latency.record(waitedMs, engine);
  }
}
