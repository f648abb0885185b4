package dev.voxlog.cli;

import dev.voxlog.runtime.EnginePool;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.Stage;
import dev.voxlog.runtime.StageHost;
import dev.voxlog.runtime.StageRunner;
import dev.voxlog.runtime.VoxClock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages that run in this process, on a cluster whose topics are there.
final class Workers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final EnginePool engines;
  private final StageHost host;
  private final List<StageRunner> runners = new ArrayList<>();

  Workers(KafkaSettings kafka, LogCodec codec, int engineThreads) {
    this.engines = new EnginePool(engineThreads);
    try {
      this.host = new StageHost(kafka, codec, engines, VoxClock.system());
    } catch (RuntimeException e) {
      engines.close();
      throw e;
    }
  }

  /// Starts a stage, which from here on is closed with the workers.
  synchronized StageRunner start(Stage stage) {
    StageRunner runner = host.start(stage);
    runners.add(runner);
    return runner;
  }

  synchronized List<StageRunner> runners() {
    return List.copyOf(runners);
  }

  /// Hands all partitions over, every stage at the same time, then frees the engines.
  @Override
  public void close() {
    List<Thread> closing =
        runners().stream()
            .map(runner ->
                Thread.ofPlatform().name("close-" + runner.stage().id()).start(() -> close(runner)))
            .toList();
    closing.forEach(Workers::join);
    host.close();
    engines.close();
  }

  private static void close(StageRunner runner) {
    try {
      runner.close();
    } catch (RuntimeException e) {
      log.warn("{} did not close cleanly", runner.stage().id(), e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
