package dev.voxlog.testkit.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A language model on loopback that answers every request by script: `POST /v1/chat/completions`
/// of OpenAI's API, streaming alone.
public final class ScriptedChat implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<JsonNode, ChatScript> answers;
  private final List<ChatExchange> exchanges = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private final HttpServer server;

  /// Asks `answers` for the script that a request, its JSON, is answered by. It is called on the
  /// server's event loop and must not wait.
  public ScriptedChat(Function<JsonNode, ChatScript> answers) {
    this.answers = answers;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  /// Answers by one script after the other, then with status 500.
  public static ScriptedChat inTurn(ChatScript... scripts) {
    Queue<ChatScript> left = new ConcurrentLinkedQueue<>(List.of(scripts));
    return new ScriptedChat(_ -> {
      ChatScript next = left.poll();
      return next == null ? ChatScript.refuses(500, "script_is_over") : next;
    });
  }

  /// What clients take as their base URL.
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
  }

  /// What has been asked so far, the oldest first.
  public List<ChatExchange> exchanges() {
    return List.copyOf(exchanges);
  }

  private void receive(HttpServerRequest request) {
    if (!request.path().equals("/v1/chat/completions")) {
      refuse(request, 404, "unknown_url");
      return;
    }
    request.body().onSuccess(body -> answer(request, json(body)));
  }

  /// Nothing where it is no JSON.
  private static JsonNode json(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (IOException _) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private void answer(HttpServerRequest request, JsonNode asked) {
    if (!asked.path("stream").asBoolean() || asked.path("messages").isEmpty()) {
      refuse(request, 400, "invalid_request");
      return;
    }
    ChatExchange exchange =
        new ChatExchange(asked, request.getHeader("authorization"), request.remoteAddress().port());
    exchanges.add(exchange);
    ChatFrames frames = new ChatFrames(asked, exchanges.size());
    new Answering(vertx, request, exchange, frames, answers.apply(asked)).begin();
  }

  private static void refuse(HttpServerRequest request, int status, String code) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(ChatFrames.error(code, "the scripted model does not take this request"));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
