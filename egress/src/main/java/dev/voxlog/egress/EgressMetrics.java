package dev.voxlog.egress;

import dev.voxlog.runtime.CallView;
import dev.voxlog.schemas.AgentAudio.Chunk;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Egress's instruments, by the names dashboards know. Safe from any thread.
final class EgressMetrics {
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");
  private static final AttributeKey<String> CARRIER = AttributeKey.stringKey("carrier");
  private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("direction");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final LongCounter calls;
  private final LongCounter bargeIns;
  private final LongCounter resumed;
  private final LongCounter falseStops;
  private final DoubleHistogram playbackStart;
  private final DoubleHistogram turnLatency;

  EgressMetrics() {
    this(GlobalOpenTelemetry.get());
  }

  EgressMetrics(OpenTelemetry telemetry) {
    Meter meter = telemetry.getMeter("dev.voxlog.egress");
    calls = meter.counterBuilder("voice.calls.total").setUnit("calls").build();
    bargeIns = meter.counterBuilder("voice.barge_in.total").build();
    resumed = meter.counterBuilder("voice.resumed.total").build();
    falseStops = meter.counterBuilder("voice.false_stop.total").build();
    playbackStart = meter.histogramBuilder("voice.playback.start_ms").setUnit("ms").build();
    turnLatency = meter.histogramBuilder("voice.turn.latency_ms").setUnit("ms").build();
  }

  OfCall of(CallView call) {
    return new OfCall(call);
  }

  /// One call's figures. Used by one thread at a time.
  final class OfCall {
    private final Attributes agent;
    private final Attributes carrier;
    private final Attributes whole;
    private @Nullable Instant firstCame;
    private int cameTurn;
    private long mediaStartMs = Long.MAX_VALUE;
    private long speechEndMs = -1;
    private boolean hasAnswered;

    OfCall(CallView call) {
      String name = call.agent().agent().name();
      String carrierName = call.started().carrier();
      agent = Attributes.of(AGENT, name);
      carrier = Attributes.of(CARRIER, carrierName);
      whole =
          Attributes.of(AGENT, name, CARRIER, carrierName, DIRECTION, call.started().direction());
    }

    /// Audio to be played has come.
    void came(Chunk chunk, Instant now) {
      if (chunk.turn() > cameTurn) {
        cameTurn = chunk.turn();
        firstCame = now;
      }
    }

    /// A sentence's first audio goes out; `isStart` if the caller hears nothing else at this
    /// moment.
    void playing(SpokenSentence sentence, boolean isStart, Instant now) {
      if (isStart && sentence.turn() == cameTurn && firstCame != null) {
        playbackStart.record(Duration.between(firstCame, now).toMillis(), carrier);
        firstCame = null;
      }
      if (speechEndMs >= 0 && !sentence.isFiller()) {
        turnLatency.record(now.toEpochMilli() - (mediaStartMs + speechEndMs), agent);
        speechEndMs = -1;
        hasAnswered = true;
      }
    }

    /// The log tells of `mediaMs` now. The earliest such telling is nearest to when the media clock
    /// stood at zero: later by a hop or two of the log, so that turns look at most that much
    /// quicker than they were.
    void media(long mediaMs, Instant now) {
      mediaStartMs = Math.min(mediaStartMs, now.toEpochMilli() - mediaMs);
    }

    /// The caller has said something that is to be answered.
    void spoken(long endMs) {
      speechEndMs = endMs;
    }

    void interrupted() {
      bargeIns.add(1, agent);
    }

    /// `wasStopped` if the caller heard the agent fall silent for it.
    void resumed(boolean wasStopped) {
      resumed.add(1, agent);
      if (wasStopped) {
        falseStops.add(1, agent);
      }
    }

    void ended(String reason) {
      String outcome =
          switch (reason) {
            case CallEnd.COMPLETED, CallEnd.TRANSFERRED -> reason;
            case CallEnd.HUNG_UP -> hasAnswered ? CallEnd.COMPLETED : "abandoned";
            case CallEnd.LOST -> "abandoned";
            default -> "failed";
          };
      calls.add(1, whole.toBuilder().put(OUTCOME, outcome).build());
    }
  }
}
