package dev.voxlog.cli.fleet;

import dev.voxlog.schemas.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// One process for every instance of every stage. What a process printed is kept in the folder when
/// it has ended. Safe from any thread.
public final class WorkerFleet implements AutoCloseable {
  public static final List<StageName> HIT =
      List.of(StageName.STT, StageName.NLU, StageName.LLM, StageName.TTS, StageName.EGRESS);

  private static final Pattern READY = Pattern.compile(" is ready; health: ");
  private static final Pattern PORT = Pattern.compile("ingress listens on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE_FOR_TERM = Duration.ofSeconds(12);

  private final Path settings;
  private final Path outputs;
  private final ChildProcess.Jvm jvm;
  private final AheadOfTime aheadOfTime;
  private final Map<Slot, ChildProcess> running = new ConcurrentHashMap<>();

  /// The place of a process: a dead one is followed by another.
  public record Slot(StageName stage, int instance) {
    @Override
    public String toString() {
      return stage.id() + "-" + instance;
    }
  }

  public WorkerFleet(Path settings, Path outputs, ChildProcess.Jvm jvm) {
    this.settings = settings;
    this.outputs = outputs;
    this.jvm = jvm;
    this.aheadOfTime = new AheadOfTime(outputs);
  }

  /// Makes ready for many starts.
  public void learnToStart() throws InterruptedException {
    createOutputs();
    for (StageName stage : HIT) {
      aheadOfTime.learn(stage, jvm, arguments(stage), READY);
    }
  }

  /// Starts ingress and so many instances of the others; returns when all are ready.
  ///
  /// @return ingress's port
  public int start(int instances) throws InterruptedException {
    List<Slot> slots = new ArrayList<>(List.of(new Slot(StageName.INGRESS, 0)));
    for (StageName stage : HIT) {
      for (int i = 0; i < instances; i++) {
        slots.add(new Slot(stage, i));
      }
    }
    for (Slot slot : slots) {
      start(slot);
    }
    for (Slot slot : slots) {
      awaitReady(slot);
    }
    return Integer.parseInt(
        process(new Slot(StageName.INGRESS, 0)).await(PORT, Duration.ofSeconds(5)));
  }

  /// Starts the next process of a place.
  public void start(Slot slot) {
    start(slot, jvm.with(aheadOfTime.flags(slot.stage())), List.of());
  }

  /// Starts the next process of a place with a JVM and arguments of its own.
  public void start(Slot slot, ChildProcess.Jvm own, List<String> more) {
    List<String> arguments = new ArrayList<>(arguments(slot.stage()));
    arguments.addAll(more);
    ChildProcess before = running.put(slot, ChildProcess.start(own, arguments));
    if (before != null) {
      keepOutput(slot, before);
    }
  }

  /// Asks a place's process to end, and gives the place up; how long the process took.
  public Duration stop(Slot slot) throws InterruptedException {
    ChildProcess process = process(slot);
    long begun = System.nanoTime();
    process.terminate();
    if (process.end(PATIENCE_FOR_TERM) == null) {
      throw new IllegalStateException(slot + " does not end when it is asked to");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    running.remove(slot);
    keepOutput(slot, process);
    return took;
  }

  private List<String> arguments(StageName stage) {
    return List.of("worker", stage.id(), "--config", settings.toString());
  }

  public ChildProcess process(Slot slot) {
    ChildProcess process = running.get(slot);
    if (process == null) {
      throw new IllegalArgumentException("there is no " + slot);
    }
    return process;
  }

  /// Returns when it reads its stage's topics.
  public void awaitReady(Slot slot) throws InterruptedException {
    process(slot).await(READY, PATIENCE);
  }

  /// The processes that run, by their place.
  public Map<Slot, Long> pids() {
    Map<Slot, Long> pids = new HashMap<>();
    running.forEach((slot, process) -> pids.put(slot, process.pid()));
    return pids;
  }

  /// The places whose process has ended by itself.
  public List<Slot> ended() {
    return running.entrySet().stream()
        .filter(each -> !each.getValue().isAlive())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void keepOutput(Slot slot, ChildProcess process) {
    createOutputs();
    process.keepOutput(outputs.resolve(slot + ".log"));
  }

  private void createOutputs() {
    try {
      Files.createDirectories(outputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.values().forEach(ChildProcess::terminate);
    running.forEach((slot, process) -> {
      try {
        process.end(PATIENCE_FOR_TERM);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.close();
      keepOutput(slot, process);
    });
  }
}
