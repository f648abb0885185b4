package dev.voxlog.llm;

import dev.voxlog.llm.chat.ChatException;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A model that gives prepared answers, one for each request, piece by piece.
final class ScriptedModel implements ChatModel {
  final List<ChatRequest> asked = new ArrayList<>();
  final List<Stream> streams = new ArrayList<>();
  private final Deque<Stream> prepared = new ArrayDeque<>();

  /// An answer in these tokens.
  ScriptedModel says(String... tokens) {
    Stream stream = new Stream();
    Arrays.stream(tokens).map(ChatStream.Text::new).forEach(stream.pieces::add);
    stream.pieces.add(
        new ChatStream.End(ChatStream.Finish.STOP, new ChatStream.Usage(120, tokens.length, 0)));
    prepared.add(stream);
    return this;
  }

  /// An answer that wants a function called.
  ScriptedModel chooses(String function, String arguments) {
    Stream stream = new Stream();
    stream.pieces.add(new ChatStream.FunctionCall("1", function, arguments));
    stream.pieces.add(new ChatStream.End(ChatStream.Finish.FUNCTION_CALLS, null));
    prepared.add(stream);
    return this;
  }

  /// These tokens, and then nothing more.
  ScriptedModel stallsAfter(String... tokens) {
    Stream stream = new Stream();
    Arrays.stream(tokens).map(ChatStream.Text::new).forEach(stream.pieces::add);
    prepared.add(stream);
    return this;
  }

  /// These tokens, and then a failure.
  ScriptedModel breaksAfter(String... tokens) {
    stallsAfter(tokens);
    prepared.getLast().isBroken = true;
    return this;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public ChatStream ask(ChatRequest request) {
    asked.add(request);
    Stream stream = prepared.isEmpty() ? new Stream() : prepared.remove();
    streams.add(stream);
    return stream;
  }

  @Override
  public void close() {}

  /// One answer.
  static final class Stream implements ChatStream {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private boolean isBroken;
    boolean isClosed;

    @Override
    public CompletionStage<Piece> next() {
      if (!pieces.isEmpty()) {
        return CompletableFuture.completedFuture(pieces.remove());
      }
      return isBroken
          ? CompletableFuture.failedFuture(
              new ChatException(ChatException.Kind.STALLED, "no further token in time"))
          : new CompletableFuture<>();
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
