package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one stage for as long as the process wants: when a life of it breaks, the next begins with
/// fresh clients, after a wait that grows while nothing gets better.
///
/// Threads: one platform thread lives the lives; all methods may be called from any.
public final class StageRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  /// A life this long was a good one: the next failure begins with the shortest wait again.
  private static final Duration GOOD_LIFE = Duration.ofMinutes(1);

  private final Stage stage;
  private final Supplier<StageClients> clients;
  private final Function<StageClients, StageContext> contexts;
  private final Telemetry telemetry;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable StageLife life;
  private volatile @Nullable Throwable failure;

  StageRunner(
      Stage stage,
      Supplier<StageClients> clients,
      Function<StageClients, StageContext> contexts,
      Telemetry telemetry) {
    this.stage = stage;
    this.telemetry = telemetry;
    this.clients = clients;
    this.contexts = contexts;
    this.thread = Thread.ofPlatform().name(stage.name().id() + "-poll").unstarted(this::run);
  }

  void start() {
    stage.start(this::post);
    thread.start();
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    while (!isStopping()) {
      long born = System.nanoTime();
      try {
        live();
      } catch (RuntimeException e) {
        failure = e;
        log.error("{} broke and begins anew: {}", stage.name().id(), FailureTrace.of(e));
        boolean wasGood = System.nanoTime() - born > GOOD_LIFE.toNanos();
        wait = wasGood ? FIRST_WAIT : wait;
        pause(wait);
        wait = wait.compareTo(LONGEST_WAIT.dividedBy(2)) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
      } catch (Error e) {
        failure = e;
        log.error("{} cannot go on: {}", stage.name().id(), FailureTrace.of(e));
        return;
      }
    }
  }

  private void live() {
    try (StageClients mine = clients.get()) {
      StageLife next = new StageLife(contexts.apply(mine), mine, this::isStopping);
      life = next;
      next.run();
    } finally {
      life = null;
    }
  }

  private void pause(Duration wait) {
    try {
      if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        log.trace("stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void post(CallId call, Object message) {
    StageLife now = life;
    if (now != null) {
      now.external(call, message);
    }
  }

  /// True while every partition that this stage holds here has been taken over; one may well hold
  /// none, beside others that hold them all.
  public boolean isReady() {
    StageLife now = life;
    return !isStopping() && now != null && now.partitions().isReady();
  }

  /// False while the stage is broken, or its loop stands still.
  public boolean isLive() {
    StageLife now = life;
    boolean isMoving = now != null && now.sinceLastRound().compareTo(STANDSTILL) < 0;
    return isStopping() || (thread.isAlive() && failure() == null && (now == null || isMoving));
  }

  /// What broke the stage, null once it has come back.
  public @Nullable Throwable failure() {
    StageLife now = life;
    if (failure != null && now != null && now.partitions().isReady()) {
      failure = null;
    }
    return failure;
  }

  public StageName stage() {
    return stage.name();
  }

  /// The partitions that have been taken over.
  public Set<Integer> partitions() {
    StageLife now = life;
    return now == null ? Set.of() : new TreeSet<>(now.partitions().sessions().keySet());
  }

  public int liveCalls() {
    StageLife now = life;
    return now == null
        ? 0
        : now.partitions().sessions().values().stream().mapToInt(PartitionSession::liveCalls).sum();
  }

  /// How far the read position is behind the newest records, in time, at the partition of this
  /// stage that is furthest behind.
  public Duration lag() {
    return Duration.ofMillis(telemetry.longestLagMs());
  }

  /// Hands the partitions over: what is finished is committed, what is open is taken up by the next
  /// owner from the log.
  @Override
  public void close() {
    stopping.countDown();
    StageLife now = life;
    if (now != null) {
      now.wakeUp();
    }
    try {
      if (!thread.join(Duration.ofSeconds(8))) {
        log.warn("{} does not stop", stage.name().id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stage.close();
    telemetry.close();
  }
}
