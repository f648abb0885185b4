package dev.voxlog.llm.chat;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An answer as it comes. One piece is asked for at a time.
public interface ChatStream extends AutoCloseable {

  /// The next piece, once it is there; fails with a [ChatException] when the model does not answer,
  /// or not in time. Completes on any thread. After [End] there is none.
  CompletionStage<Piece> next();

  /// Ends the request at the model, whatever has come of it so far. At once, from any thread, any
  /// number of times. A piece that is waited for, or asked for later, fails with a
  /// [CancellationException].
  @Override
  void close();

  /// A piece of an answer.
  sealed interface Piece {}

  /// Some more of what it says.
  record Text(String delta) implements Piece {}

  /// It wants `function` called; `arguments` is the JSON it wrote, which may be broken.
  record FunctionCall(String id, String function, String arguments) implements Piece {}

  /// The answer is over; `usage` where the model told it.
  record End(Finish finish, @Nullable Usage usage) implements Piece {}

  /// Why it is over.
  enum Finish {
    STOP,
    FUNCTION_CALLS,
    /// It was as long as it may be.
    LENGTH,
    /// The model's own filter took the rest.
    FILTERED,
    OTHER
  }

  /// What was used, in tokens of the model's; `cached` are those of the prompt that were known.
  record Usage(long prompt, long completion, long cached) {}
}
