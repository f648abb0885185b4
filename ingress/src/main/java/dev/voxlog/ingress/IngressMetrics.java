package dev.voxlog.ingress;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Ingress's instruments, and the same counts for `/health`. Safe from any thread.
final class IngressMetrics {
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");
  private static final AttributeKey<String> NODE = AttributeKey.stringKey("node");

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder active = new LongAdder();
  private final LongCounter errors;
  private final LongUpDownCounter activeCalls;
  private final String node;

  IngressMetrics(String node) {
    this.node = node;
    Meter meter = GlobalOpenTelemetry.getMeter("dev.voxlog.ingress");
    errors = meter.counterBuilder("voice.errors.total").build();
    activeCalls = meter.upDownCounterBuilder("voice.calls.active").setUnit("calls").build();
  }

  void count(String reason) {
    counts.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    errors.add(1, Attributes.of(STAGE, "ingress", REASON, reason));
  }

  long counted(String reason) {
    LongAdder count = counts.get(reason);
    return count == null ? 0 : count.sum();
  }

  Map<String, Long> counts() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }

  void callBegan(String agent) {
    active.increment();
    activeCalls.add(1, Attributes.of(AGENT, agent, NODE, node));
  }

  void callLeft(String agent) {
    active.decrement();
    activeCalls.add(-1, Attributes.of(AGENT, agent, NODE, node));
  }

  long active() {
    return active.sum();
  }
}
