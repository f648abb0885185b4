package dev.voxlog.cli.chaos;

import dev.voxlog.cli.chaos.WorkerFleet.Slot;
import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Does the faults of a schedule to a fleet, each at its moment, or as soon after it as the stage
/// is whole again.
///
/// Threads: one for each fault; those of one stage follow each other.
final class FaultMaker {
  private static final Duration PATIENCE_FOR_TERM = Duration.ofSeconds(12);

  /// A successor takes over before the dead one's place is filled again, or else there is none.
  private static final Duration TAKEOVER = Duration.ofSeconds(2);

  private final WorkerFleet fleet;
  private final int instances;
  private final Consumer<String> progress;
  private final Map<StageName, ReentrantLock> stages = new ConcurrentHashMap<>();
  private final List<Fault.Done> done = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  FaultMaker(WorkerFleet fleet, int instances, Consumer<String> progress) {
    this.fleet = fleet;
    this.instances = instances;
    this.progress = progress;
  }

  /// Returns when all are done and the fleet is whole; those done, by the time they struck.
  ///
  /// @throws IllegalStateException if a process did not come back
  List<Fault.Done> make(List<Fault> faults) throws InterruptedException {
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (Fault fault : faults) {
      Thread.sleep(Duration.ofNanos(Math.max(0, begun + fault.at().toNanos() - System.nanoTime())));
      if (!failures.isEmpty()) {
        break;
      }
      threads.add(Thread.ofVirtual().name("fault-" + fault.number()).start(() -> make(fault)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(String.join("\n", failures));
    }
    return done.stream().sorted(Comparator.comparing(Fault.Done::struck)).toList();
  }

  private void make(Fault fault) {
    ReentrantLock lock = stages.computeIfAbsent(fault.stage(), _ -> new ReentrantLock(true));
    lock.lock();
    try {
      for (int i = 0; i < instances; i++) {
        fleet.awaitReady(new Slot(fault.stage(), i));
      }
      Slot slot = new Slot(fault.stage(), fault.instance());
      Instant struck = Instant.now();
      strike(fault, slot);
      done.add(new Fault.Done(fault, struck, Instant.now()));
      progress.accept(
          "%d  %s %s, whole again after %d ms"
              .formatted(
                  done.size(),
                  fault.kind(),
                  slot,
                  Duration.between(struck, Instant.now()).toMillis()));
    } catch (RuntimeException e) {
      failures.add("%s: %s".formatted(fault, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void strike(Fault fault, Slot slot) throws InterruptedException {
    ChildProcess process = fleet.process(slot);
    switch (fault.kind()) {
      case KILL -> {
        process.kill();
        startAgain(slot);
      }
      case TERM -> {
        process.terminate();
        if (process.end(PATIENCE_FOR_TERM) == null) {
          throw new IllegalStateException(slot + " does not end when it is asked to");
        }
        startAgain(slot);
      }
      case PAUSE -> {
        process.pause();
        Thread.sleep(fault.pause());
        process.resume();
      }
    }
  }

  private void startAgain(Slot slot) throws InterruptedException {
    if (instances > 1) {
      Thread.sleep(TAKEOVER);
    }
    fleet.start(slot);
    fleet.awaitReady(slot);
  }
}
