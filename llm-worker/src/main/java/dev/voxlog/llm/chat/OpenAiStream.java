package dev.voxlog.llm.chat;

import dev.voxlog.llm.chat.ChatException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request to the model and its answer.
///
/// Threads: all state belongs to one event loop; `begin`, `next` and `close` only hand it tasks.
final class OpenAiStream implements ChatStream {
  // A server whose reader is further behind than this has to wait.
  private static final int MOST_WAITING = 64;
  private static final long NO_TIMER = -1;

  private final Surroundings around;
  private final Buffer body;
  private final PieceQueue pieces = new PieceQueue();
  private final ChunkReader chunks = new ChunkReader(pieces::add);
  private final SseParser parser = new SseParser(chunks::read);
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse answer;
  private @Nullable ErrorBody refusal;
  private boolean mayAskAgain;
  private boolean isPaused;
  private boolean isLeft;
  private long timer = NO_TIMER;

  /// `opened` and `left` are told on the event loop.
  record Surroundings(
      OpenAiChatConfig config,
      Vertx vertx,
      Context context,
      ChatConnections connections,
      Consumer<OpenAiStream> opened,
      Consumer<OpenAiStream> left) {}

  OpenAiStream(Surroundings around, Buffer body) {
    this.around = around;
    this.body = body;
  }

  void begin() {
    onLoop(() -> {
      around.opened().accept(this);
      arm(around.config().firstToken(), Kind.NO_ANSWER, "the model did not begin to answer");
      around.connections().request().onComplete(this::connected, this::unreachable);
    });
  }

  @Override
  public CompletionStage<Piece> next() {
    CompletableFuture<Piece> next = new CompletableFuture<>();
    boolean isHanded =
        onLoop(() -> {
          pieces.take(next);
          resume();
        });
    if (!isHanded) {
      next.completeExceptionally(closed());
    }
    return next;
  }

  /// An answer whose end is known is left to end by itself: its connection can serve the next one.
  @Override
  public void close() {
    onLoop(this::abandon);
  }

  /// Closes; on the event loop.
  void abandon() {
    pieces.close(closed());
    if (!chunks.isOver()) {
      leave();
    }
  }

  private boolean onLoop(Runnable task) {
    try {
      around.context().runOnContext(_ -> task.run());
      return true;
    } catch (RejectedExecutionException _) {
      // The model was closed, and all streams with it.
      return false;
    }
  }

  private static CancellationException closed() {
    return new CancellationException("the stream was closed");
  }

  private void connected(HttpClientRequest made) {
    mayAskAgain = around.connections().isUsedAgain(made);
    send(made);
  }

  private void unreachable(Throwable cause) {
    fail(
        Kind.UNREACHABLE,
        "the model's server cannot be reached: " + cause.getClass().getSimpleName());
  }

  private void send(HttpClientRequest made) {
    // What goes wrong is told by the answer's future, too; without a handler it would be logged.
    made.exceptionHandler(_ -> {});
    request = made;
    if (isLeft) {
      made.reset();
    } else {
      made.send(body).onComplete(this::answered, this::unanswered);
    }
  }

  private void unanswered(Throwable cause) {
    boolean wasClosed = cause instanceof HttpClosedException || cause instanceof IOException;
    if (!isLeft && wasClosed && mayAskAgain) {
      mayAskAgain = false;
      request = null;
      around.connections().requestAlone().onComplete(this::send, this::unreachable);
    } else {
      fail(Kind.BROKEN, "the model's server closed the connection before it answered");
    }
  }

  private void answered(HttpClientResponse response) {
    answer = response;
    response.exceptionHandler(_ -> fail(Kind.BROKEN, "the connection broke within the answer"));
    response.endHandler(_ -> ended());
    response.handler(this::receive);
    String type = String.valueOf(response.getHeader("content-type"));
    if (response.statusCode() / 100 != 2) {
      refusal = new ErrorBody(response.statusCode());
    } else if (type.startsWith("application/json") || type.startsWith("text/html")) {
      fail(Kind.BROKEN, "the model's server answers with something other than a stream");
    }
  }

  private void receive(Buffer bytes) {
    if (isLeft || chunks.isOver()) {
      return;
    }
    if (refusal != null) {
      refusal.feed(bytes.getBytes());
      return;
    }
    long before = chunks.tokens();
    try {
      parser.feed(bytes.getBytes());
    } catch (ChatException broken) {
      fail(broken);
      return;
    }
    if (chunks.tokens() > before || chunks.isOver()) {
      armBetweenTokens();
    }
    if (pieces.size() > MOST_WAITING && !chunks.isOver() && answer != null) {
      isPaused = true;
      answer.pause();
      disarm();
    }
  }

  private void resume() {
    if (isPaused && pieces.size() <= MOST_WAITING / 2 && answer != null) {
      isPaused = false;
      answer.resume();
      armBetweenTokens();
    }
  }

  private void ended() {
    request = null;
    fail(Kind.BROKEN, "the answer ended before it was finished");
  }

  private void armBetweenTokens() {
    arm(around.config().betweenTokens(), Kind.STALLED, "the model stopped within its answer");
  }

  private void arm(Duration wait, Kind kind, String what) {
    disarm();
    timer =
        around
            .vertx()
            .setTimer(
                Math.max(1, wait.toMillis()),
                _ -> fail(kind, what + ": nothing for " + wait.toMillis() + " ms"));
  }

  private void disarm() {
    if (timer != NO_TIMER) {
      around.vertx().cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void fail(Kind kind, String what) {
    fail(refusal == null ? new ChatException(kind, what) : refusal.toException());
  }

  /// What breaks after the model has finished takes nothing of its answer.
  private void fail(ChatException cause) {
    if (!isLeft) {
      if (!chunks.close()) {
        pieces.fail(cause);
      }
      leave();
    }
  }

  /// Closes the connection, unless all of the answer has come: then it may serve another already.
  private void leave() {
    if (isLeft) {
      return;
    }
    isLeft = true;
    disarm();
    around.left().accept(this);
    if (request != null) {
      request.reset();
    }
  }
}
