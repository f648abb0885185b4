package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A model that fails is left alone for a while.
class GuardedModelTest {
  private static final ChatRequest ANY = new ChatRequest(List.of(), List.of());

  private final AtomicLong nanos = new AtomicLong();
  private int asked;
  private boolean isDown = true;
  private final GuardedModel model = new GuardedModel(new Model(), nanos::get);

  private final class Model implements ChatModel {
    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public ChatStream ask(ChatRequest request) {
      asked++;
      return new ChatStream() {
        @Override
        public CompletionStage<Piece> next() {
          return isDown
              ? CompletableFuture.failedFuture(
                  new ChatException(ChatException.Kind.NO_ANSWER, "none"))
              : CompletableFuture.completedFuture(new Text("Yes."));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private boolean isAnswered() {
    return !model.ask(ANY).next().toCompletableFuture().isCompletedExceptionally();
  }

  @Test
  void afterThreeFailuresInARowNobodyAsksForTenSecondsAndThenOne() {
    for (int i = 0; i < 5; i++) {
      assertThat(isAnswered()).isFalse();
    }
    assertThat(asked).isEqualTo(3);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(isAnswered()).isFalse();
    assertThat(isAnswered()).isFalse();
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void anAnswerMakesUpForFailures() {
    assertThat(isAnswered()).isFalse();
    assertThat(isAnswered()).isFalse();
    isDown = false;
    assertThat(isAnswered()).isTrue();
    isDown = true;
    assertThat(isAnswered()).isFalse();
    assertThat(isAnswered()).isFalse();
    isDown = false;
    assertThat(isAnswered()).isTrue();
  }
}
