package dev.voxlog.llm.knowledge;

import dev.voxlog.agent.AgentBundle;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// The indexes of the agents that this process has calls of, each built once, in the background.
///
/// Safe for any thread; nothing here waits.
public final class KnowledgeLibrary implements AutoCloseable {
  private final TextEmbedder embedder;
  private final Executor builder;
  private final Map<String, CompletableFuture<KnowledgeIndex>> indexes = new ConcurrentHashMap<>();

  /// A library that builds on a thread of its own.
  public KnowledgeLibrary(TextEmbedder embedder) {
    this(
        embedder,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("knowledge-index").factory()));
  }

  public KnowledgeLibrary(TextEmbedder embedder, Executor builder) {
    this.embedder = embedder;
    this.builder = builder;
  }

  /// The agent's index, which begins to be built at the first asking. One that could not be built
  /// is tried anew.
  public CompletableFuture<KnowledgeIndex> of(AgentBundle agent) {
    CompletableFuture<KnowledgeIndex> index =
        indexes.computeIfAbsent(
            agent.hash(),
            _ ->
                CompletableFuture.supplyAsync(
                    () -> KnowledgeIndex.of(agent.knowledge(), embedder), builder));
    if (index.isCompletedExceptionally()) {
      indexes.remove(agent.hash(), index);
    }
    return index;
  }

  @Override
  public void close() {
    if (builder instanceof java.util.concurrent.ExecutorService service) {
      service.shutdownNow();
    }
    indexes.values().forEach(index -> index.thenAccept(KnowledgeIndex::close));
  }
}
