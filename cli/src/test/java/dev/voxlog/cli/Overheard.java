package dev.voxlog.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// All that this process tells those who run it: log lines with their stack traces (our own from
/// TRACE on, all others from INFO), spans and metrics. To be opened before what is listened to.
final class Overheard implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Ear ear = new Ear();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry;
  private final Level rootBefore;

  /// Who wrote the log before: what is heard here is not shown.
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

  private List<String> metricsAtEnd = List.of();

  private final class Ear extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getLoggerName()
              + " "
              + event.getFormattedMessage()
              + " "
              + event.getMDCPropertyMap()
              + " "
              + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  Overheard() {
    rootBefore = logger(Logger.ROOT_LOGGER_NAME).getLevel();
    logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    logger("dev.voxlog").setLevel(Level.TRACE);
    ear.setContext(logger(Logger.ROOT_LOGGER_NAME).getLoggerContext());
    ear.start();
    Logger root = logger(Logger.ROOT_LOGGER_NAME);
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    root.addAppender(ear);
    GlobalOpenTelemetry.resetForTest();
    telemetry =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .buildAndRegisterGlobal();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  List<String> lines() {
    return lines;
  }

  List<String> spans() {
    return spans.getFinishedSpanItems().stream().map(Object::toString).toList();
  }

  /// As they were at the close.
  List<String> metrics() {
    return metricsAtEnd;
  }

  @Override
  public void close() {
    metricsAtEnd = metrics.collectAllMetrics().stream().map(Object::toString).toList();
    GlobalOpenTelemetry.resetForTest();
    telemetry.getSdkMeterProvider().close();
    logger(Logger.ROOT_LOGGER_NAME).detachAppender(ear);
    others.forEach(logger(Logger.ROOT_LOGGER_NAME)::addAppender);
    logger("dev.voxlog").setLevel(null);
    logger(Logger.ROOT_LOGGER_NAME).setLevel(rootBefore);
  }
}
