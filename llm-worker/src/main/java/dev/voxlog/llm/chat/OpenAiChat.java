package dev.voxlog.llm.chat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model behind OpenAI's chat completions API, or that of a server that speaks it: llama.cpp,
/// Ollama, vLLM and others. Logs and failures never have what was asked or answered, or the key.
///
/// Threads: all state belongs to one event loop; the methods only hand it tasks.
public final class OpenAiChat implements ChatModel {
  private static final Logger log = LoggerFactory.getLogger(OpenAiChat.class);

  private final OpenAiChatConfig config;
  private final Vertx vertx;
  private final Context context;
  private final ChatConnections connections;
  private final Set<OpenAiStream> open = new HashSet<>();

  public OpenAiChat(OpenAiChatConfig config) {
    this.config = config;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    context = vertx.getOrCreateContext();
    connections = new ChatConnections(vertx, config);
  }

  @Override
  public String name() {
    return config.model();
  }

  @Override
  public ChatStream ask(ChatRequest request) {
    OpenAiStream stream =
        new OpenAiStream(
            new OpenAiStream.Surroundings(
                config, vertx, context, connections, open::add, open::remove),
            Buffer.buffer(CompletionBody.of(config, request)));
    stream.begin();
    return stream;
  }

  /// Closes all streams, too; any number of times.
  @Override
  public void close() {
    try {
      context.runOnContext(_ -> List.copyOf(open).forEach(OpenAiStream::abandon));
    } catch (RejectedExecutionException _) {
      return;
    }
    try {
      vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      log.warn("connections to the model did not close cleanly: {}", String.valueOf(e.getCause()));
    }
  }
}
