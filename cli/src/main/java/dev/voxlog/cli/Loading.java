package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages whose engines load side by side, each getting ready for the agent as soon as it is there.
///
/// Closing waits for the threads: a process that ends while native code computes crashes.
final class Loading implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loading.class);
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Map<StageName, CompletableFuture<Stage>> stages = new LinkedHashMap<>();
  private final Map<StageName, CompletableFuture<?>> prepared = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<StageName, Stage> untaken = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  private Loading() {}

  static Loading begin(List<StageName> names, StageMaker maker, AgentBundle agent) {
    Loading loading = new Loading();
    for (StageName name : names) {
      CompletableFuture<Stage> made = new CompletableFuture<>();
      loading.stages.put(name, made);
      loading.threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("load-" + name.id())
              .start(() -> loading.load(name, maker, agent, made)));
    }
    return loading;
  }

  private void load(
      StageName name, StageMaker maker, AgentBundle agent, CompletableFuture<Stage> made) {
    try {
      if (isClosed) {
        throw new CancellationException("stopped while starting");
      }
      Stage stage = maker.make(name);
      untaken.put(name, stage);
      prepared.put(name, StageMaker.prepare(stage, agent));
      made.complete(stage);
    } catch (RuntimeException | Error e) {
      made.completeExceptionally(e);
    }
  }

  /// A stage once its engines are there; from here on it is the caller's to close.
  ///
  /// @throws RuntimeException what kept it, or any other stage so far, from loading
  Stage take(StageName name) {
    CompletableFuture<Stage> wanted =
        Objects.requireNonNull(stages.get(name), "a stage that is loading");
    CompletableFuture<?> anyFailed = new CompletableFuture<>();
    stages.values().forEach(each -> each.exceptionally(e -> fail(anyFailed, e)));
    try {
      CompletableFuture.anyOf(wanted, anyFailed).join();
      untaken.remove(name);
      return wanted.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <T> T fail(CompletableFuture<?> other, Throwable cause) {
    other.completeExceptionally(cause);
    throw new CompletionException(cause);
  }

  /// Waits until every stage is ready for the agent.
  void awaitPrepared() {
    prepared.values().forEach(CompletableFuture::join);
  }

  @Override
  public void close() {
    isClosed = true;
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    untaken.forEach((name, stage) -> {
      try {
        stage.close();
      } catch (Exception e) {
        log.warn("{} did not close cleanly", name.id(), e);
      }
    });
    prepared.values().forEach(Loading::awaitEnd);
  }

  private static void awaitEnd(CompletableFuture<?> preparing) {
    preparing.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).exceptionally(_ -> null).join();
  }
}
