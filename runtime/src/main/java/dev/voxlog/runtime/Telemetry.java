package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/// The runtime's own instruments, by the names dashboards know. Recorded through the OpenTelemetry
/// API: without an agent or SDK they cost next to nothing. Safe from any thread.
final class Telemetry implements AutoCloseable {
  static final String SCOPE = "dev.voxlog.runtime";
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");
  private static final AttributeKey<String> WORK = AttributeKey.stringKey("work");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("topic");
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("group");
  private static final AttributeKey<Long> PARTITION = AttributeKey.longKey("partition");

  private final Attributes stage;
  private final String group;
  private final Tracer tracer;
  private final LongCounter deadLetters;
  private final LongCounter errors;
  private final LongCounter voided;
  private final LongCounter newerKinds;
  private final LongCounter takeovers;
  private final LongCounter pauses;
  private final LongCounter leftOut;
  private final DoubleHistogram takeoverGap;
  private final DoubleHistogram hopLatency;
  private final DoubleHistogram mailboxDepth;
  private final LongUpDownCounter live;
  private final Map<TopicPartition, Lag> lags = new ConcurrentHashMap<>();
  private final List<AutoCloseable> gauges;

  /// How far the read position is behind the end of a partition, in records and in time; and for
  /// how long there has been something unread, as this process saw it.
  record Lag(long records, long ms, long unreadMs) {}

  Telemetry(OpenTelemetry telemetry, StageName name, String group) {
    Meter meter = telemetry.getMeter(SCOPE);
    this.tracer = telemetry.getTracer(SCOPE);
    this.stage = Attributes.of(STAGE, name.id());
    this.group = group;
    deadLetters = meter.counterBuilder("voice.dead_letters.total").build();
    errors = meter.counterBuilder("voice.errors.total").build();
    voided = meter.counterBuilder("voice.void_records.total").build();
    newerKinds = meter.counterBuilder("voice.unknown_kinds.total").build();
    takeovers = meter.counterBuilder("voice.takeover.total").build();
    pauses = meter.counterBuilder("voice.pauses.total").build();
    leftOut = meter.counterBuilder("voice.left_out.total").build();
    takeoverGap = meter.histogramBuilder("voice.takeover.gap_ms").setUnit("ms").build();
    hopLatency = meter.histogramBuilder("voice.hop.latency_ms").setUnit("ms").build();
    mailboxDepth = meter.histogramBuilder("voice.mailbox.depth_ms").setUnit("ms").build();
    live = meter.upDownCounterBuilder("voice.stage.calls").build();
    gauges =
        List.of(
            meter
                .gaugeBuilder("kafka.consumer.lag")
                .ofLongs()
                .buildWithCallback(this::observeRecords),
            meter
                .gaugeBuilder("kafka.consumer.lag_ms")
                .ofLongs()
                .setUnit("ms")
                .buildWithCallback(this::observeMillis));
  }

  private void observeRecords(ObservableLongMeasurement gauge) {
    lags.forEach((partition, lag) -> gauge.record(lag.records, of(partition)));
  }

  private void observeMillis(ObservableLongMeasurement gauge) {
    lags.forEach((partition, lag) -> gauge.record(lag.ms, of(partition)));
  }

  private Attributes of(TopicPartition of) {
    return Attributes.of(GROUP, group, TOPIC, of.topic(), PARTITION, (long) of.partition());
  }

  Tracer tracer() {
    return tracer;
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

  /// Work ahead of its time was not done.
  void leftOut(String work) {
    leftOut.add(1, stage.toBuilder().put(WORK, work).build());
  }

  /// From the record's own time to its handling. The clocks of two machines may differ; nothing is
  /// decided by this.
  void hop(Arrival arrival) {
    double ms = Math.max(0, System.currentTimeMillis() - arrival.recordedAtMs());
    hopLatency.record(ms, Attributes.of(TOPIC, arrival.topic().id(), GROUP, group));
  }

  void mailboxDepth(long ms) {
    mailboxDepth.record(ms, stage);
  }

  void lag(TopicPartition partition, Lag lag) {
    lags.put(partition, lag);
  }

  void noLag(TopicPartition partition) {
    lags.remove(partition);
  }

  /// The longest lag of any partition of the stage here.
  long longestLagMs() {
    return longest(Lag::ms);
  }

  /// For how long any partition of the stage here has not been read to its end.
  long longestUnreadMs() {
    return longest(Lag::unreadMs);
  }

  private long longest(ToLongFunction<Lag> figure) {
    return lags.values().stream().mapToLong(figure).max().orElse(0);
  }

  void active(int change) {
    live.add(change, stage);
  }

  @Override
  public void close() {
    for (AutoCloseable gauge : gauges) {
      try {
        gauge.close();
      } catch (Exception e) {
        throw new IllegalStateException("a gauge does not close", e);
      }
    }
  }
}
