package dev.voxlog.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.HealthServer;
import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.gate.Connections;
import dev.voxlog.runtime.gate.Gate;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web role: the page's files and the operator API, on a port of its own or as a handler on
/// somebody else's. One thread reads the log; requests are handled on event loops, which never
/// block.
public final class Web implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Web.class);
  private static final int LISTEN_SECONDS = 10;

  private final WebConfig config;
  private final LogFollower follower;
  private final CallBook book;
  private final WebMetrics metrics;
  private final Streams streams;
  private final OperatorApi api;
  private final Gate gate;
  private final Headers headers;
  private final PageFiles page;
  private final Waits waits;
  private @Nullable Vertx ownVertx;
  private @Nullable HttpServer server;
  private @Nullable Connections connections;
  private volatile boolean isStopping;

  /// How long an unknown call is waited for; on a port of its own, after how long a quiet
  /// connection is closed that is no stream, and how long a request has to come whole; the streams'
  /// own limits.
  record Waits(Duration patience, Duration idle, Duration requestWithin, Streams.Limits streams) {
    static final Waits USUAL =
        new Waits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Streams.Limits.USUAL);
  }

  /// `book` is what `follower` reads into; the follower is closed here.
  Web(WebConfig config, CallBook book, LogFollower follower, PageFiles page, Waits waits) {
    InstantSource clock = InstantSource.system();
    this.config = config;
    this.book = book;
    this.follower = follower;
    this.page = page;
    this.waits = waits;
    metrics = new WebMetrics(book);
    streams = new Streams(book, clock, metrics, waits.streams());
    gate = new Gate(config.visitors(), config.reach(), clock);
    api = new OperatorApi(config, gate, book, streams, metrics, waits.patience());
    headers = new Headers(config.realtime().origin());
    if (!gate.isOpen()) {
      log.warn("the page and /api are off, for others reach this node and web.tokens is not set");
    }
  }

  /// Begins to read the log and returns at once; requests are answered by [#handle].
  public static Web open(WebConfig config, KafkaSettings kafka, LogCodec codec) {
    CallBook book = new CallBook(CallBook.Bounds.of(config.calls()), InstantSource.system());
    LogFollower follower =
        new LogFollower(
            () -> new KafkaConsumer<>(kafka.reader()),
            kafka::topic,
            codec,
            config.history(),
            book::take);
    Web web = new Web(config, book, follower, PageFiles.ofJar(), Waits.USUAL);
    follower.start();
    return web;
  }

  /// The same on a port of its own; returns when it listens.
  ///
  /// @throws IllegalArgumentException if others reach it and no token is asked for
  /// @throws IllegalStateException if the port cannot be opened
  public static Web start(WebConfig config, KafkaSettings kafka, LogCodec codec) {
    Web web = open(config.requireGuarded(), kafka, codec);
    try {
      web.listen();
      return web;
    } catch (RuntimeException e) {
      web.close();
      throw e;
    }
  }

  void listen() {
    config
        .reach()
        .unencrypted(false, "let loopback alone reach it")
        .ifPresent(why -> log.warn("{}", why));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    ownVertx = vertx;
    Connections guard =
        new Connections(vertx, config.connections(), waits.requestWithin(), metrics::count);
    connections = guard;
    HttpServerOptions options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setReadIdleTimeout((int) waits.idle().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            // One request at a time on a connection is what the bounds of connections count on.
            .setHttp2ClearTextEnabled(false);
    HttpServer listening =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> {
              guard.asked(request);
              handle(request);
            });
    listening.connectionHandler(guard::opened);
    try {
      listening
          .listen(config.reach().port(), config.reach().host())
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(LISTEN_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "port %d cannot be opened: %s; choose another in web.port"
              .formatted(config.reach().port(), e.getCause()),
          e.getCause());
    }
    server = listening;
  }

  /// Answers a request for the page or the API, on the event loop it came on.
  public void handle(HttpServerRequest request) {
    headers.put(request);
    boolean isApi = request.path().startsWith("/api/");
    if (isStopping) {
      OperatorApi.refuse(request, 503, "stopping", "This node is stopping; ask another one.");
    } else if (isApi) {
      api.answer(vertx(), request);
    } else {
      Optional<Gate.Refusal> refusal = gate.placeRefusal(Gate.Knock.of(request));
      if (refusal.isPresent()) {
        metrics.count(refusal.get().code());
        PageFiles.say(request, refusal.get().status(), refusal.get().message() + "\n");
      } else {
        page.serve(request);
      }
    }
  }

  private static Vertx vertx() {
    Context context = Vertx.currentContext();
    if (context == null) {
      throw new IllegalStateException("requests are handled on event loops alone");
    }
    return context.owner();
  }

  /// The port of its own, 0 if there is none.
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  /// The connections to the port of its own.
  int openConnections() {
    Connections guard = connections;
    return guard == null ? 0 : guard.size();
  }

  /// The most bytes that ever waited to be read at one of them.
  long mostUnread() {
    Connections guard = connections;
    return guard == null ? 0 : guard.mostUnread();
  }

  /// Whether the page itself is there.
  public boolean hasPage() {
    return !page.isEmpty();
  }

  /// Its health in a worker's.
  public HealthServer.Part health() {
    return new HealthServer.Part() {
      @Override
      public String name() {
        return "web";
      }

      @Override
      public boolean isLive() {
        return follower.isAlive();
      }

      @Override
      public boolean isReady() {
        return !isStopping && follower.isFollowing() && follower.isCaughtUp();
      }

      @Override
      public void describe(ObjectNode into) {
        into.put("port", port());
        into.put("calls", book.calls());
        into.put("heldBytes", book.bytes());
        into.put("streams", metrics.streams());
        into.put("page", hasPage());
      }
    };
  }

  /// Ends all streams, so that their clients go on elsewhere, then the rest.
  @Override
  public void close() {
    isStopping = true;
    streams.close();
    Vertx vertx = ownVertx;
    if (vertx != null) {
      try {
        vertx
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(LISTEN_SECONDS, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        log.warn("sockets did not close cleanly: {}", String.valueOf(e.getCause()));
      }
    }
    follower.close();
    metrics.close();
  }
}
