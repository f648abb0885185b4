package dev.voxlog.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small schema registry that speaks Confluent's REST API for Avro, with one compacted topic
/// behind it.
///
/// One thread answers all requests in turn, so that there is one writer; the event loop only
/// carries bytes.
public final class SchemaRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_REQUEST = 4 << 20;
  private static final int MOST_ATTEMPTS = 3;

  private final Vertx vertx;
  private final SchemaStore store = new SchemaStore();
  private final SchemaTopic topic;
  private final RegistryApi api;
  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("registry").factory());

  private SchemaRegistry(RegistryConfig config, SchemaTopic topic) {
    this.topic = topic;
    topic.catchUp(store::apply);
    api =
        new RegistryApi(
            store,
            change -> {
              topic.append(change);
              store.apply(change);
            });
    vertx = Vertx.vertx();
    server = vertx.createHttpServer().requestHandler(this::receive);
    try {
      await(server.listen(config.port(), config.host()));
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof BindException
          ? new PortTakenException(config.port(), PortTakenException.REGISTRY_FLAG)
          : e;
    }
  }

  /// Starts, and answers only once all that is stored has been read.
  ///
  /// @throws PortTakenException if something listens on the port already
  /// @throws org.apache.kafka.common.KafkaException if the cluster does not answer
  public static SchemaRegistry start(RegistryConfig config) {
    return new SchemaRegistry(config, new SchemaTopic(config.kafka(), config.topic()));
  }

  public int port() {
    return server.actualPort();
  }

  /// What clients take as `schema.registry.url`.
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  private void receive(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() + part.length() <= LARGEST_REQUEST) {
        body.appendBuffer(part);
      } else if (!request.response().ended()) {
        reply(request, RegistryReply.error(413, 413, "the request is over 4 MiB"));
      }
    });
    request.endHandler(_ -> {
      if (!request.response().ended()) {
        hand(request, body.getBytes(), context);
      }
    });
  }

  private void hand(HttpServerRequest request, byte[] body, Context context) {
    try {
      thread.execute(() -> {
        RegistryReply reply = answer(request, body);
        context.runOnContext(_ -> reply(request, reply));
      });
    } catch (RejectedExecutionException e) {
      reply(request, RegistryReply.error(503, 50301, "the registry is stopping"));
    }
  }

  private RegistryReply answer(HttpServerRequest request, byte[] body) {
    RegistryRequest asked =
        RegistryRequest.of(request.method().name(), request.path(), request.query(), body);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return api.answer(asked);
        } catch (SchemaTopic.OvertakenException e) {
          if (attempt == MOST_ATTEMPTS) {
            throw e;
          }
          topic.catchUp(store::apply);
        }
      }
    } catch (RuntimeException e) {
      log.error("{} {} failed", asked.method(), request.path(), e);
      return RegistryReply.error(
          500, 50001, "the registry's log cannot be used: " + e.getMessage());
    }
  }

  private static void reply(HttpServerRequest request, RegistryReply reply) {
    if (request.response().closed()) {
      return;
    }
    try {
      var unused =
          request
              .response()
              .setStatusCode(reply.status())
              .putHeader("content-type", RegistryReply.MEDIA_TYPE)
              .end(JSON.writeValueAsString(reply.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(server.close());
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topic.close();
    await(vertx.close());
  }
}
