package dev.voxlog.web;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.util.concurrent.atomic.AtomicInteger;

/// The web role's instruments. Safe from any thread.
final class WebMetrics implements AutoCloseable {
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private final AtomicInteger open = new AtomicInteger();
  private final LongCounter errors;
  private final LongUpDownCounter streams;
  private final ObservableLongGauge calls;
  private final ObservableLongGauge bytes;

  WebMetrics(CallBook book) {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.web");
    errors = meter.counterBuilder("voice.errors.total").build();
    streams = meter.upDownCounterBuilder("voice.web.streams").build();
    calls =
        meter
            .gaugeBuilder("voice.web.calls")
            .ofLongs()
            .buildWithCallback(gauge -> gauge.record(book.calls()));
    bytes =
        meter
            .gaugeBuilder("voice.web.held_bytes")
            .ofLongs()
            .setUnit("By")
            .buildWithCallback(gauge -> gauge.record(book.bytes()));
  }

  void count(String reason) {
    errors.add(1, Attributes.of(STAGE, "web", REASON, reason));
  }

  /// False, and nothing is counted, where `most` are open.
  boolean opens(int most) {
    boolean isTaken = open.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    if (isTaken) {
      streams.add(1);
    }
    return isTaken;
  }

  void closes() {
    open.decrementAndGet();
    streams.add(-1);
  }

  int streams() {
    return open.get();
  }

  @Override
  public void close() {
    calls.close();
    bytes.close();
  }
}
