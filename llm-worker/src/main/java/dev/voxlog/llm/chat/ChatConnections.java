package dev.voxlog.llm.chat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/// Connections to the model's server. Confined to one event loop.
final class ChatConnections {
  // More than a worker has calls; a request that waits for a connection loses its time.
  private static final int MOST = 2_000;

  private final OpenAiChatConfig config;
  private final HttpClient keeping;
  private final HttpClient single;
  private final Set<HttpConnection> known = Collections.newSetFromMap(new WeakHashMap<>());

  ChatConnections(Vertx vertx, OpenAiChatConfig config) {
    this.config = config;
    keeping = vertx.createHttpClient(options(), new PoolOptions().setHttp1MaxSize(MOST));
    single =
        vertx.createHttpClient(
            options().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(MOST));
  }

  private HttpClientOptions options() {
    return new HttpClientOptions()
        .setTcpNoDelay(true)
        .setConnectTimeout((int) config.connectTimeout().toMillis());
  }

  /// A request that is not sent yet, on a connection that may have served others before.
  Future<HttpClientRequest> request() {
    return keeping.request(head());
  }

  /// The same on a connection made for it.
  Future<HttpClientRequest> requestAlone() {
    return single.request(head());
  }

  /// Whether the request's connection served others before; to be asked once for each request. Such
  /// a connection may be closed by the server at the very moment at which it is used again.
  boolean isUsedAgain(HttpClientRequest request) {
    return !known.add(request.connection());
  }

  private RequestOptions head() {
    RequestOptions head =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(config.baseUrl() + "/chat/completions")
            .putHeader("content-type", "application/json")
            .putHeader("accept", "text/event-stream");
    if (config.apiKey() != null) {
      head.putHeader("authorization", "Bearer " + config.apiKey());
    }
    return head;
  }
}
