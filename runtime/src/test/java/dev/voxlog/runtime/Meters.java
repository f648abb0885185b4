package dev.voxlog.runtime;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;

/// What a stage counts and measures, kept in memory.
final class Meters {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetry telemetry =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();

  OpenTelemetry telemetry() {
    return telemetry;
  }

  long counted(String counter) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(counter))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .mapToLong(point -> point.getValue())
        .sum();
  }

  List<Long> gauge(String name) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getLongGaugeData().getPoints().stream())
        .map(point -> point.getValue())
        .toList();
  }
}
