package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Pieces and their reader, whichever comes first.
class PieceQueueTest {
  private final PieceQueue queue = new PieceQueue();

  private CompletableFuture<Piece> take() {
    CompletableFuture<Piece> next = new CompletableFuture<>();
    queue.take(next);
    return next;
  }

  @Test
  void aPieceWaitsForItsReaderAndAReaderForHisPiece() {
    queue.add(new Text("a"));
    assertThat(take()).isCompletedWithValue(new Text("a"));

    CompletableFuture<Piece> second = take();
    assertThat(second).isNotDone();
    queue.add(new Text("b"));

    assertThat(second).isCompletedWithValue(new Text("b"));
    assertThat(queue.size()).isZero();
  }

  @Test
  void aFailureComesAfterThePiecesThatWait() {
    queue.add(new Text("a"));
    queue.fail(new ChatException(ChatException.Kind.STALLED, "stalled"));

    assertThat(take()).isCompletedWithValue(new Text("a"));
    assertThat(take()).isCompletedExceptionally();
    assertThat(take()).isCompletedExceptionally();
  }

  @Test
  void aClosedQueueHasNothingAnyMore() {
    queue.add(new Text("a"));
    queue.close(new CancellationException());

    assertThat(take()).isCancelled();
  }

  @Test
  void afterTheEndThereIsNothing() {
    queue.add(new End(Finish.STOP, null));

    assertThat(take()).isCompletedWithValue(new End(Finish.STOP, null));
    assertThat(take()).isCompletedExceptionally();
  }

  @Test
  void aReaderWhoHasGivenUpTakesNoPieceAway() {
    take().completeExceptionally(new CancellationException());
    queue.add(new Text("a"));

    assertThat(take()).isCompletedWithValue(new Text("a"));
  }

  @Test
  void oneReaderWaitsAtATime() {
    CompletableFuture<Piece> first = take();

    assertThat(take()).isCompletedExceptionally();
    queue.add(new Text("a"));
    assertThat(first).isCompletedWithValue(new Text("a"));
  }
}
