package dev.voxlog.runtime;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The process's threads for computing engines, most urgent work first, first come first served
/// within an urgency.
///
/// A thread whose work is given up and does not end has another in its place until it does, up to
/// as many again: an engine that hangs takes no thread from the others.
public final class EnginePool implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final int size;
  private int stuck;
  private final AtomicLong order = new AtomicLong();
  private final QueueWait wait = new QueueWait(System::nanoTime);

  public EnginePool(int size) {
    this.size = size;
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

  /// Work that was handed over.
  interface Run {
    /// Nobody waits for it any more; if it is at work, its thread is counted on no longer.
    void giveUp();
  }

  Run run(Effects.Urgency urgency, Runnable task) {
    boolean isEssential = urgency != Effects.Urgency.INTERIM;
    QueueWait.Ticket ticket = isEssential ? wait.queued() : null;
    Ranked ranked = new Ranked(urgency, order.getAndIncrement(), ticket, task);
    threads.execute(ranked);
    return ranked;
  }

  private synchronized void replaceOne() {
    stuck++;
    threads.setMaximumPoolSize(wanted());
    threads.setCorePoolSize(wanted());
  }

  private synchronized void takeOneBack() {
    stuck--;
    threads.setCorePoolSize(wanted());
    threads.setMaximumPoolSize(wanted());
  }

  private int wanted() {
    return size + Math.min(size, stuck);
  }

  /// Threads that there are or may be.
  int threads() {
    return threads.getMaximumPoolSize();
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

  private enum Phase {
    WAITING,
    AT_WORK,
    STUCK,
    OVER
  }

  private final class Ranked implements Run, Runnable, Comparable<Ranked> {
    private final Effects.Urgency urgency;
    private final long order;
    private final QueueWait.@Nullable Ticket ticket;
    private final Runnable task;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

    Ranked(Effects.Urgency urgency, long order, QueueWait.@Nullable Ticket ticket, Runnable task) {
      this.urgency = urgency;
      this.order = order;
      this.ticket = ticket;
      this.task = task;
    }

    @Override
    public void run() {
      if (ticket != null) {
        ticket.begins();
      }
      phase.set(Phase.AT_WORK);
      try {
        task.run();
      } finally {
        if (phase.getAndSet(Phase.OVER) == Phase.STUCK) {
          takeOneBack();
        }
      }
    }

    @Override
    public void giveUp() {
      if (phase.compareAndSet(Phase.AT_WORK, Phase.STUCK)) {
        replaceOne();
      }
    }

    @Override
    public int compareTo(Ranked other) {
      int byUrgency = urgency.compareTo(other.urgency);
      return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
    }
  }
}
