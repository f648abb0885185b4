package dev.voxlog.cli.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.voxlog.llm.chat.ChatException;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.chat.ChatStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// The language model, asked for one word as a call would ask: with a function it may choose.
public final class ChatCheck {
  private static final String AREA = "language model";
  private static final ChatRequest QUESTION =
      new ChatRequest(
          List.of(new Message(Role.USER, "Say the word yes.")),
          List.of(
              new ChatRequest.Function(
                  "goodbye",
                  "Ends the conversation.",
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("type", "object")
                      .set("properties", JsonNodeFactory.instance.objectNode()))));

  private ChatCheck() {}

  /// Whether a key is there, where the endpoint is another machine's.
  public static Optional<Finding> key(String host, boolean hasKey) {
    boolean isHere = host.equals("localhost") || host.startsWith("127.") || host.contains("::1");
    return hasKey || isHere
        ? Optional.empty()
        : Optional.of(
            Finding.note(
                AREA,
                "llm.chat.apiKey is not set, and %s is another machine".formatted(host),
                "set llm.chat.apiKey: ${NAME} if it wants one; whatever it is asked crosses the network"));
  }

  /// Blocks for at most the model's own time limits.
  public static Finding of(ChatModel model) {
    long begun = System.nanoTime();
    try (ChatStream stream = model.ask(QUESTION)) {
      ChatStream.Piece first = stream.next().toCompletableFuture().join();
      long tookMs = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      return first instanceof ChatStream.End
          ? Finding.bad(
              AREA,
              model.name() + " answers with nothing",
              "if it is one that thinks first, set llm.chat.reasoningEffort, or raise llm.chat.maxTokens")
          : Finding.ok(AREA, "%s begins to answer after %d ms".formatted(model.name(), tookMs));
    } catch (CompletionException e) {
      return e.getCause() instanceof ChatException refused
          ? Finding.bad(AREA, model.name() + ": " + refused.getMessage(), fix(refused.kind()))
          : Finding.bad(AREA, model.name() + ": " + e.getCause(), "see the reason");
    }
  }

  private static String fix(ChatException.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> "check llm.chat.baseUrl, and that it can be reached from here";
      case NO_ANSWER -> "raise llm.chat.firstToken, or name a faster model in llm.chat.model";
      case STALLED -> "raise llm.chat.betweenTokens, or name a faster model in llm.chat.model";
      case REFUSED -> "check llm.chat.apiKey and llm.chat.model";
      case BUSY -> "wait, or have the endpoint's limits raised";
      case BROKEN -> "look into the endpoint's own log; it must speak OpenAI's chat completions";
    };
  }
}
