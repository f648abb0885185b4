package dev.voxlog.llm.chat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Reads a stream as a caller who waits.
final class Reading {
  private Reading() {}

  static Piece next(ChatStream stream) {
    return stream.next().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /// All pieces, the end among them.
  static List<Piece> all(ChatStream stream) {
    List<Piece> pieces = new ArrayList<>();
    do {
      pieces.add(next(stream));
    } while (!(pieces.getLast() instanceof End));
    return pieces;
  }

  /// What is said in all of the answer.
  static String text(ChatStream stream) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : all(stream)) {
      text.append(piece instanceof Text(String delta) ? delta : "");
    }
    return text.toString();
  }

  /// What the next piece fails with.
  static Throwable failure(ChatStream stream) {
    try {
      throw new AssertionError("no failure, but " + next(stream));
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (CancellationException e) {
      return e;
    }
  }
}
