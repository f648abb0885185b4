package dev.voxlog.runtime;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The process's fixed threads for computing engines, most urgent work first, first come first
/// served within an urgency.
public final class EnginePool implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final AtomicLong order = new AtomicLong();
  private final QueueWait wait = new QueueWait(System::nanoTime);

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
    boolean isEssential = urgency != Effects.Urgency.INTERIM;
    QueueWait.Ticket ticket = isEssential ? wait.queued() : null;
    threads.execute(new Ranked(urgency, order.getAndIncrement(), ticket, task));
  }

  /// Requests waiting for a thread.
  public int backlog() {
    return threads.getQueue().size();
  }

  /// How long requests wait for a thread now or waited a moment ago, but for interims, which may
  /// well wait.
  Duration waiting() {
    return wait.longest();
  }

  /// Shows backlog and wait as metrics, until what this gives is closed.
  BatchCallback measured(OpenTelemetry telemetry) {
    Meter meter = telemetry.getMeter(Telemetry.SCOPE);
    var waiting = meter.gaugeBuilder("voice.engine.backlog").ofLongs().buildObserver();
    var longest =
        meter.gaugeBuilder("voice.engine.wait_ms").ofLongs().setUnit("ms").buildObserver();
    return meter.batchCallback(
        () -> {
          waiting.record(backlog());
          longest.record(waiting().toMillis());
        },
        waiting,
        longest);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private record Ranked(
      Effects.Urgency urgency, long order, QueueWait.@Nullable Ticket ticket, Runnable task)
      implements Runnable, Comparable<Ranked> {
    @Override
    public void run() {
      if (ticket != null) {
        ticket.begins();
      }
      task.run();
    }

    @Override
    public int compareTo(Ranked other) {
      int byUrgency = urgency.compareTo(other.urgency);
      return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
    }
  }
}
