package dev.voxlog.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small schema registry that speaks Confluent's REST API, with one compacted topic behind it.
///
/// One thread answers all requests in turn, so that there is one writer; the event loop only carries bytes.
public final class SchemaRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_REQUEST = 4 << 20;

  private final Vertx vertx;
  private final SchemaTopic topic;
  private final RegistryApi api;
  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("registry").factory());

  private SchemaRegistry(Vertx vertx, SchemaTopic topic, String host, int port) {
    this.vertx = vertx;
    this.topic = topic;
    SchemaStore store = new SchemaStore();
    topic.replay(store::apply);
    this.api =
        new RegistryApi(
            store,
            change -> {
              topic.append(change);
              store.apply(change);
            });
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .listen(port, host)
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  /// Starts on a cluster, given as Kafka client properties; answers only once all that is stored has been read.
  ///
  /// @throws PortTakenException if something listens on the port already
  public static SchemaRegistry start(Map<String, Object> clients, String host, int port) {
    if (port != 0) {
      PortTakenException.check(port, "--registry-port");
    }
    return new SchemaRegistry(Vertx.vertx(), new SchemaTopic(clients), host, port);
  }

  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (body.length() > LARGEST_REQUEST) {
                reply(request, RegistryApi.Reply.error(413, 413, "the request is over 4 MiB"));
                return;
              }
              byte[] bytes = body.getBytes();
              thread.execute(() -> answer(request, bytes));
            });
  }

  private void answer(HttpServerRequest request, byte[] body) {
    RegistryApi.Reply reply;
    try {
      reply = api.answer(request.method().name(), request.path(), request.query(), body);
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.method(), request.path(), e);
      reply = RegistryApi.Reply.error(500, 50001, "the registry's log does not answer: " + e.getMessage());
    }
    RegistryApi.Reply answer = reply;
    vertx.runOnContext(_ -> reply(request, answer));
  }

  private static void reply(HttpServerRequest request, RegistryApi.Reply reply) {
    try {
      request
          .response()
          .setStatusCode(reply.status())
          .putHeader("content-type", "application/vnd.schemaregistry.v1+json")
          .end(JSON.writeValueAsString(reply.body()));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    thread.shutdown();
    topic.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
