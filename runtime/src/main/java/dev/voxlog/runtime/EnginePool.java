package dev.voxlog.runtime;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The process's fixed threads for computing engines, most urgent work first, first come first
/// served within an urgency.
public final class EnginePool implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final AtomicLong order = new AtomicLong();

  public EnginePool(int size) {
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("engine-", 0).factory());
  }

  /// One thread for each core.
  public static EnginePool ofCores() {
    return new EnginePool(Runtime.getRuntime().availableProcessors());
  }

  void run(Effects.Urgency urgency, Runnable task) {
    threads.execute(new Ranked(urgency, order.getAndIncrement(), task));
  }

  /// Requests waiting for a thread.
  public int backlog() {
    return threads.getQueue().size();
  }

  /// Shows the backlog as a metric, until what this gives is closed.
  ObservableLongGauge measured(OpenTelemetry telemetry) {
    return telemetry
        .getMeter(Telemetry.SCOPE)
        .gaugeBuilder("voice.engine.backlog")
        .ofLongs()
        .buildWithCallback(gauge -> gauge.record(backlog()));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private record Ranked(Effects.Urgency urgency, long order, Runnable task)
      implements Runnable, Comparable<Ranked> {
    @Override
    public void run() {
      task.run();
    }

    @Override
    public int compareTo(Ranked other) {
      int byUrgency = urgency.compareTo(other.urgency);
      return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
    }
  }
}
