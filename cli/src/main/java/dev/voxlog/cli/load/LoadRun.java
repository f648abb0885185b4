package dev.voxlog.cli.load;

import dev.voxlog.cli.load.caller.Caller;
import dev.voxlog.cli.load.caller.CallerFrames;
import dev.voxlog.cli.load.caller.CallerLoop;
import dev.voxlog.cli.load.caller.Dialler;
import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.caller.Saying;
import dev.voxlog.cli.load.caller.Spread;
import dev.voxlog.cli.load.caller.Tally;
import dev.voxlog.cli.load.caller.Timetable;
import dev.voxlog.cli.load.report.Outcome;
import dev.voxlog.cli.load.server.HopTimes;
import dev.voxlog.cli.load.server.IdleHeap;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.Server;
import dev.voxlog.cli.load.server.ServerWatch;
import dev.voxlog.schemas.CallId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run on a server that is ready: calls are made by the timetable, and what passes between two
/// looks at the server is reported.
final class LoadRun implements AutoCloseable {
  /// As many calls' records as tell the hops; reading all of 300 would take longer than the run.
  private static final int CALLS_FOR_HOPS = 50;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration HEAD_START = Duration.ofMillis(500);

  private final Timetable timetable;
  private final Server server;
  private final @Nullable String authToken;
  private final Consumer<String> progress;
  private final Tally tally = new Tally();
  private final AtomicInteger connected = new AtomicInteger();
  private final ConcurrentSkipListMap<Integer, CallId> made = new ConcurrentSkipListMap<>();
  private final CallerLoop loop = new CallerLoop();
  private final Thread dialling =
      Thread.ofPlatform().daemon().name("dialling").unstarted(this::dial);

  /// When the run began, [System#nanoTime].
  private volatile long origin;

  LoadRun(
      Timetable timetable, Server server, @Nullable String authToken, Consumer<String> progress) {
    this.timetable = timetable;
    this.server = server;
    this.authToken = authToken;
    this.progress = progress;
  }

  Outcome run() throws InterruptedException {
    Machine.doubts(timetable.calls()).forEach(each -> progress.accept("NOTE: " + each));
    try (ServerWatch watch = new ServerWatch(server)) {
      return run(watch);
    }
  }

  private Outcome run(ServerWatch watch) throws InterruptedException {
    try {
      // The first look has classes to load.
      ServerWatch.Look _ = watch.look();
      origin = System.nanoTime() + HEAD_START.toNanos();
      Instant began = Instant.now().plus(HEAD_START);
      progress.accept(
          "%d calls, all made after %d s, then %d s of warm-up, then %d s that are measured"
              .formatted(
                  timetable.calls(),
                  timetable.connected().toSeconds(),
                  timetable.measuredFrom().minus(timetable.connected()).toSeconds(),
                  timetable.measuredTo().minus(timetable.measuredFrom()).toSeconds()));
      dialling.start();
      IdleHeap.Look half = heaps(watch, timetable.halfIsIdle());
      awaitCalls(watch);
      IdleHeap.Look all = heaps(watch, timetable.allAreIdle());
      IdleHeap idleHeap = IdleHeap.between(half, all);
      await(watch, timetable.measuredFrom(), "warming up");
      long framesBefore = tally.frames();
      ServerWatch.Look before = watch.look();
      await(watch, timetable.measuredTo(), "measuring");
      long frames = tally.frames() - framesBefore;
      ServerWatch.Look after = watch.look();
      // The last lines and their answers, which are staggered as the first were.
      await(watch, timetable.ends().minusSeconds(1), "last answers");
      ServerWatch.Taken taken = ServerWatch.taken(before, after, frames);
      await(watch, timetable.ends().plusSeconds(1), "hanging up");
      dialling.join();
      Measured measured = tally.snapshot();
      return new Outcome(timetable, origin, measured, taken, idleHeap, hops(began));
    } catch (UncheckedIOException e) {
      // A look at a process that is gone, most likely.
      check(watch, "being looked at");
      throw e;
    }
  }

  private void awaitCalls(ServerWatch watch) throws InterruptedException {
    await(watch, timetable.connected(), "calling");
    if (connected.get() == 0) {
      List<String> failures = tally.snapshot().failures();
      throw new IllegalStateException(
          "no call came about; "
              + (failures.isEmpty() ? "nothing answers so far" : failures.getLast()));
    }
  }

  /// What all hold at a time when callers are silent; null where that is not looked at, or it took
  /// so long that calls came about meanwhile or began to talk, or calls did not stand.
  private IdleHeap.@Nullable Look heaps(ServerWatch watch, Duration when)
      throws InterruptedException {
    if (!timetable.step().hasLooksAtHeap() || !(server instanceof Server.Own)) {
      return null;
    }
    await(watch, when, "calling");
    progress.accept("looking at the heaps while nobody talks");
    IdleHeap.Look look = watch.heaps(connected.get());
    boolean isDisturbed =
        look.calls() != connected.get()
            || !tally.snapshot().failures().isEmpty()
            || System.nanoTime() > origin + when.plus(Timetable.LOOKING).toNanos();
    return isDisturbed ? null : look;
  }

  private HopTimes.@Nullable Spreads hops(Instant began) {
    if (!(server instanceof Server.Own own)) {
      return null;
    }
    progress.accept("reading the calls' records");
    Set<String> calls =
        made.values().stream().limit(CALLS_FOR_HOPS).map(CallId::value).collect(Collectors.toSet());
    return HopTimes.read(
        own.cluster(), calls, began.plus(timetable.measuredFrom()), began.plus(timetable.ends()));
  }

  // Making calls.

  private void dial() {
    List<Saying> sayings = new CallerFrames().sayings(timetable.talk());
    Caller.Surroundings around = new Caller.Surroundings(origin, sayings, tally);
    try (Dialler dialler = new Dialler(server.webhook(), authToken)) {
      Thread[] threads = new Thread[timetable.calls()];
      for (int i = 0; i < threads.length; i++) {
        Timetable.Call call = timetable.call(i);
        sleepUntil(origin + call.dialled().toNanos());
        threads[i] = Thread.ofVirtual().name("dial-" + i).start(() -> dial(dialler, call, around));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dial(Dialler dialler, Timetable.Call call, Caller.Surroundings around) {
    try {
      Caller.Stream stream = dialler.call(call.index());
      Caller caller = joined(call, stream, around);
      made.put(call.index(), new CallId("twilio-" + stream.callSid()));
      connected.incrementAndGet();
      loop.add(caller);
    } catch (IOException | RuntimeException e) {
      tally.failed(call.index(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Caller joined(Timetable.Call call, Caller.Stream stream, Caller.Surroundings around)
      throws IOException {
    try {
      return new Caller(timetable, call, stream, around, System.nanoTime());
    } catch (IOException e) {
      stream.wire().close();
      throw e;
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left);
    }
  }

  // Waiting.

  private void await(ServerWatch watch, Duration until, String what) throws InterruptedException {
    long end = origin + until.toNanos();
    long next = System.nanoTime() + LOOK_EVERY.toNanos();
    while (end - System.nanoTime() > 0) {
      sleepUntil(Math.min(end, next));
      if (System.nanoTime() >= next) {
        next += LOOK_EVERY.toNanos();
        check(watch, what);
        watch.lookAtLag();
        progress.accept(told(what));
      }
    }
    check(watch, what);
  }

  /// @throws IllegalStateException if a process of the server ended, or the callers did
  private void check(ServerWatch watch, String what) {
    loop.check();
    if (!watch.ended().isEmpty()) {
      throw new IllegalStateException(
          "%s ended by itself while %s: %s"
              .formatted(String.join(", ", watch.ended()), what, told(what)));
    }
  }

  private String told(String what) {
    Measured now = tally.snapshot();
    Spread overhead = now.answers().overhead();
    String turns =
        overhead.count() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %d turns answered (p50 %.0f, p99 %.0f ms), %d missed",
                overhead.count(),
                overhead.percentile(50),
                overhead.percentile(99),
                now.answers().unanswered().missed());
    String failed =
        now.failures().isEmpty()
            ? ""
            : ", %d calls failed, the last: %s"
                .formatted(now.failures().size(), now.failures().getLast());
    return "%s: %d calls%s%s".formatted(what, connected.get(), turns, failed);
  }

  @Override
  public void close() {
    dialling.interrupt();
    loop.close();
  }
}
