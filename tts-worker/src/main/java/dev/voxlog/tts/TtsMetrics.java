package dev.voxlog.tts;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.time.Instant;

/// The stage's own instruments. Safe from any thread.
final class TtsMetrics {
  private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("engine");
  private static final AttributeKey<String> VOICE = AttributeKey.stringKey("voice");

  private final DoubleHistogram firstByte =
      GlobalOpenTelemetry.getMeter("dev.voxlog.tts")
          .histogramBuilder("voice.tts.ttfb_ms")
          .setUnit("ms")
          .build();

  void firstChunk(VoiceTraits voice, Instant from, Instant to) {
    firstByte.record(
        Duration.between(from, to).toNanos() / 1e6,
        Attributes.of(ENGINE, voice.engine(), VOICE, voice.voice()));
  }
}
