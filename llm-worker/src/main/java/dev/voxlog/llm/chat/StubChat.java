package dev.voxlog.llm.chat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A model that says two short sentences whatever it is asked, word by word, the first of them
/// after a delay. No two answers are alike, so that no cache of speech has them. Costs nothing.
public final class StubChat implements ChatModel {
  private final Duration firstToken;
  private final AtomicInteger answers = new AtomicInteger();

  public StubChat(Duration firstToken) {
    this.firstToken = firstToken;
  }

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public ChatStream ask(ChatRequest request) {
    return new Answer(answers.incrementAndGet());
  }

  @Override
  public void close() {}

  /// Confined to its reader, but for closing.
  private final class Answer implements ChatStream {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private boolean hasBegun;
    private volatile boolean isClosed;

    Answer(int number) {
      String text =
          "I have %s for you. It will be there when you expect it to be."
              .formatted(letters(number));
      for (String word : text.split("(?<= )")) {
        pieces.add(new Text(word));
      }
      pieces.add(new End(Finish.STOP, null));
    }

    @Override
    public CompletionStage<Piece> next() {
      Piece piece = pieces.poll();
      if (isClosed || piece == null) {
        return CompletableFuture.failedFuture(new CancellationException("the answer is over"));
      }
      if (hasBegun || firstToken.isZero()) {
        return CompletableFuture.completedFuture(piece);
      }
      hasBegun = true;
      Executor later =
          CompletableFuture.delayedExecutor(firstToken.toNanos(), TimeUnit.NANOSECONDS);
      return CompletableFuture.supplyAsync(() -> piece, later);
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  /// A word that is the number's alone.
  private static String letters(int number) {
    StringBuilder word = new StringBuilder();
    for (int left = number; left > 0; left /= 20) {
      word.append("bcdfghjklmnprstvwxyz".charAt(left % 20)).append('a');
    }
    return word.toString();
  }
}
