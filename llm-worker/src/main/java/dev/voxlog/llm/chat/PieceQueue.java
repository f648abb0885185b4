package dev.voxlog.llm.chat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Piece;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Pieces that wait for their reader, or a reader that waits for a piece. Confined to one thread.
final class PieceQueue {
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private @Nullable CompletableFuture<Piece> reader;
  private @Nullable RuntimeException failure;

  int size() {
    return waiting.size();
  }

  void add(Piece piece) {
    waiting.add(piece);
    if (piece instanceof End) {
      failure = new IllegalStateException("the answer is over");
    }
    serve();
  }

  /// What a reader gets after the pieces that wait.
  void fail(RuntimeException cause) {
    failure = cause;
    serve();
  }

  /// Drops the pieces that wait.
  void close(RuntimeException cause) {
    waiting.clear();
    fail(cause);
  }

  /// Gives the next piece to this reader. One who has given up waiting takes none.
  void take(CompletableFuture<Piece> next) {
    if (reader != null && !reader.isDone()) {
      next.completeExceptionally(new IllegalStateException("a piece is being waited for already"));
      return;
    }
    reader = next;
    serve();
  }

  private void serve() {
    CompletableFuture<Piece> served = reader;
    if (served == null) {
      return;
    }
    if (!waiting.isEmpty()) {
      reader = null;
      Piece piece = waiting.remove();
      if (!served.complete(piece)) {
        waiting.addFirst(piece);
      }
    } else if (failure != null) {
      reader = null;
      served.completeExceptionally(failure);
    }
  }
}
