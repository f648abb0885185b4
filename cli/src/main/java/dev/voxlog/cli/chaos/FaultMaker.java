package dev.voxlog.cli.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Does the faults of a schedule, each at its moment, or as soon after it as all processes of its
/// kind are there again.
///
/// Threads: one for each fault; those of one kind follow each other.
final class FaultMaker {
  private final Map<String, Victims> victims;
  private final Consumer<String> progress;
  private final Map<String, ReentrantLock> kinds = new ConcurrentHashMap<>();
  private final List<Fault.Done> done = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  FaultMaker(Map<String, Victims> victims, Consumer<String> progress) {
    this.victims = Map.copyOf(victims);
    this.progress = progress;
  }

  /// Returns when all are done and nothing is missing; those done, by the time they struck.
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
    ReentrantLock lock = kinds.computeIfAbsent(fault.victim(), _ -> new ReentrantLock(true));
    lock.lock();
    try {
      Victims hit = Objects.requireNonNull(victims.get(fault.victim()));
      hit.awaitWhole();
      Instant struck = Instant.now();
      strike(fault, hit);
      done.add(new Fault.Done(fault, struck, Instant.now()));
      progress.accept(
          "%d  %s %s-%d, whole again after %d ms"
              .formatted(
                  done.size(),
                  fault.kind(),
                  fault.victim(),
                  fault.instance(),
                  Duration.between(struck, Instant.now()).toMillis()));
    } catch (RuntimeException e) {
      failures.add("%s: %s".formatted(fault, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static void strike(Fault fault, Victims hit) throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> hit.kill(fault.instance());
      case TERM -> hit.term(fault.instance());
      case PAUSE -> hit.pause(fault.instance(), fault.pause());
    }
  }
}
