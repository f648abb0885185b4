package dev.voxlog.llm.chat;

import dev.voxlog.llm.tools.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/// Keeps questions from a model that has failed several times in a row, for callers would wait for
/// nothing; then lets one through to see.
public final class GuardedModel implements ChatModel {
  private static final int MOST_FAILURES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ChatModel model;
  private final CircuitBreaker breaker;

  /// `model` is closed with this; `nanoTime` is a monotonic clock.
  public GuardedModel(ChatModel model, LongSupplier nanoTime) {
    this.model = model;
    this.breaker = new CircuitBreaker(MOST_FAILURES, PAUSE, nanoTime);
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ChatStream ask(ChatRequest request) {
    return breaker.admits() ? new Watched(model.ask(request), breaker) : new Refused();
  }

  @Override
  public void close() {
    model.close();
  }

  private record Watched(ChatStream stream, CircuitBreaker breaker) implements ChatStream {
    @Override
    public CompletionStage<Piece> next() {
      return stream
          .next()
          .whenComplete((_, failure) -> {
            if (failure == null) {
              breaker.succeeded();
            } else if (cause(failure) instanceof ChatException) {
              breaker.failed();
            }
          });
    }

    private static Throwable cause(Throwable failure) {
      return failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static final class Refused implements ChatStream {
    @Override
    public CompletionStage<Piece> next() {
      return CompletableFuture.failedFuture(
          new ChatException(
              ChatException.Kind.UNREACHABLE, "not asked, since it has just failed several times"));
    }

    @Override
    public void close() {}
  }
}
