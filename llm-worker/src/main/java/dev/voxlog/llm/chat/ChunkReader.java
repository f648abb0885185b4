package dev.voxlog.llm.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.llm.chat.ChatException.Kind;
import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.FunctionCall;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import dev.voxlog.llm.chat.ChatStream.Usage;
import dev.voxlog.runtime.ForeignJson;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes pieces of the `chat.completion.chunk`s of one answer. What the model thinks before it
/// speaks is skipped; that it refuses is said like an answer. Function calls are passed on when the
/// model has finished, the end once its usage is known or no more can come. Confined to one thread.
final class ChunkReader {
  private static final ObjectMapper JSON = ForeignJson.mapper();

  private final Consumer<Piece> pieces;
  private final FunctionCalls calls = new FunctionCalls();
  private final ThoughtFilter thoughts = new ThoughtFilter();
  private @Nullable Finish finish;
  private @Nullable Usage usage;
  private boolean hasCalls;
  private boolean isOver;
  private long tokens;

  ChunkReader(Consumer<Piece> pieces) {
    this.pieces = pieces;
  }

  /// How often there was something of the answer in a chunk, be it a part of a function call. What
  /// the model thinks before is nothing of the answer.
  long tokens() {
    return tokens;
  }

  /// Whether the end was passed on.
  boolean isOver() {
    return isOver;
  }

  /// @throws ChatException if the model broke off, or this is no chunk
  void read(SseParser.Event event) {
    String data = event.data().strip();
    if (isOver || data.isEmpty()) {
      return;
    }
    if (data.equals("[DONE]")) {
      passCallsOn();
      end(finish == null ? Finish.OTHER : finish);
      return;
    }
    JsonNode chunk = parsed(data);
    if (isError(event, chunk)) {
      throw new ChatException(Kind.BROKEN, "the model broke off" + ErrorBody.named(chunk));
    }
    read(chunk.path("choices").path(0));
    JsonNode used = chunk.path("usage");
    if (used.isObject()) {
      usage = usage(used);
      close();
    }
  }

  /// No more chunks come, for whatever reason; whether the answer is whole.
  boolean close() {
    if (!isOver && finish != null) {
      end(finish);
    }
    return isOver;
  }

  private static JsonNode parsed(String data) {
    try {
      JsonNode chunk = JSON.readTree(data);
      if (chunk.isObject()) {
        return chunk;
      }
    } catch (JsonProcessingException _) {
      // Its message quotes the answer.
    }
    throw new ChatException(Kind.BROKEN, "the answer has an event that is no JSON object");
  }

  private static boolean isError(SseParser.Event event, JsonNode chunk) {
    return event.type().equals("error")
        || chunk.hasNonNull("error")
        || chunk.path("object").asText().equals("error");
  }

  private void read(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    say(delta.path("content"));
    say(delta.path("refusal"));
    JsonNode fragments = delta.path("tool_calls");
    if (!fragments.isEmpty()) {
      tokens++;
      calls.add(fragments);
    }
    String reason = choice.path("finish_reason").asText("");
    if (!reason.isEmpty()) {
      passCallsOn();
      finish = finish == null ? finish(reason) : finish;
    }
  }

  private void say(JsonNode delta) {
    if (delta.isTextual() && !delta.textValue().isEmpty()) {
      String said = thoughts.without(delta.textValue());
      if (!said.isEmpty()) {
        tokens++;
        pieces.accept(new Text(said));
      }
    }
  }

  private static Finish finish(String reason) {
    return switch (reason) {
      case "stop" -> Finish.STOP;
      case "tool_calls", "function_call" -> Finish.FUNCTION_CALLS;
      case "length" -> Finish.LENGTH;
      case "content_filter" -> Finish.FILTERED;
      default -> Finish.OTHER;
    };
  }

  private void passCallsOn() {
    List<FunctionCall> whole = calls.take();
    hasCalls |= !whole.isEmpty();
    whole.forEach(pieces);
  }

  private void end(Finish reason) {
    isOver = true;
    String said = thoughts.rest();
    if (!said.isEmpty()) {
      pieces.accept(new Text(said));
    }
    // Some servers say `stop` after function calls, too.
    boolean isForCalls = hasCalls && reason == Finish.STOP;
    pieces.accept(new End(isForCalls ? Finish.FUNCTION_CALLS : reason, usage));
  }

  private static Usage usage(JsonNode used) {
    return new Usage(
        used.path("prompt_tokens").asLong(),
        used.path("completion_tokens").asLong(),
        used.path("prompt_tokens_details").path("cached_tokens").asLong());
  }
}
