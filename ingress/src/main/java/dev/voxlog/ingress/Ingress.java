package dev.voxlog.ingress;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.StageWatch;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.runtime.gate.Connections;
import dev.voxlog.schemas.StageName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An ingress node: the carrier's webhooks and streams, the media port, and the way to the log.
///
/// One event loop owns all sockets and state; it never blocks and never waits for Kafka.
public final class Ingress implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ingress.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PULSE_MS = 500;

  /// A frame over the message limit, but not over this, is read to its end before the socket is
  /// closed: bytes that wait unread turn the close into a reset, and the sender never sees why.
  private static final int READ_WHOLE_BYTES = 2 << 20;

  private final Vertx vertx;
  private final Node node;
  private final TwilioEndpoint twilio;
  private final RealtimeEndpoint realtime;
  private final Pages pages;
  private final MediaPort mediaPort;
  private final Connections connections;
  private final Idle idle;
  private @Nullable HttpServer server;
  private volatile @Nullable Handler<HttpServerRequest> rest;
  private volatile boolean isStopping;
  private volatile long lastPulse = System.nanoTime();

  /// A connection on which nothing comes for so long is closed; so often callers' clients are asked
  /// whether they are there; a request has so long to come whole.
  record Idle(Duration closesAfter, Duration pingsEvery, Duration requestWithin) {
    static final Idle USUAL =
        new Idle(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(10));
  }

  private Ingress(Vertx vertx, Node node, Idle idle) {
    this.vertx = vertx;
    this.node = node;
    this.idle = idle;
    connections =
        new Connections(
            vertx,
            node.config().limits().callers().connections(),
            idle.requestWithin(),
            node.metrics()::count);
    Entrance entrance = new Entrance(node, vertx, connections, idle.pingsEvery());
    this.twilio = new TwilioEndpoint(node, vertx, entrance);
    this.realtime = new RealtimeEndpoint(node, vertx, entrance);
    this.pages = new Pages(node);
    this.mediaPort = new MediaPort(vertx, node);
  }

  /// Connects to the log, reads which calls are live, then listens. Blocks until ready.
  ///
  /// @throws IllegalStateException if the log cannot be reached or a port is taken; the message
  ///   says what to do
  public static Ingress start(IngressConfig config, KafkaSettings kafka, LogCodec codec) {
    codec.warmUp();
    KafkaRecordWriter writer = KafkaRecordWriter.open(kafka, codec);
    try {
      return start(
          config,
          new Node.Log(
              writer,
              KafkaCallDirectory.open(kafka, codec),
              stages(StageWatch.open(kafka)),
              VoxClock.system()));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static Node.Stages stages(StageWatch watch) {
    return new Node.Stages() {
      @Override
      public Map<StageName, StageWatch.Standing> standings() {
        return watch.standings();
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }

  static Ingress start(IngressConfig config, Node.Log nodeLog) {
    return start(config, nodeLog, Idle.USUAL);
  }

  static Ingress start(IngressConfig config, Node.Log nodeLog, Idle idle) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    Context context = vertx.getOrCreateContext();
    IngressMetrics metrics = new IngressMetrics(config.media().reachableHost());
    Node node =
        new Node(
            config,
            nodeLog,
            new LiveCalls(metrics),
            new Capacity(config.limits(), nodeLog.stages(), nodeLog.clock()),
            metrics,
            task -> context.runOnContext(_ -> task.run()));
    Ingress ingress = new Ingress(vertx, node, idle);
    try {
      ingress.listen(context);
      return ingress;
    } catch (RuntimeException e) {
      ingress.close();
      throw e;
    }
  }

  private static PemKeyCertOptions pem(IngressConfig.Tls tls) {
    return new PemKeyCertOptions()
        .setCertPath(tls.cert().toString())
        .setKeyPath(tls.key().toString());
  }

  /// Otherwise a port would be said not to open.
  private void requireUsable(IngressConfig.Tls tls) {
    try {
      pem(tls).getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new IllegalStateException(
          "ingress.tls.cert "
              + tls.cert()
              + " and ingress.tls.key "
              + tls.key()
              + " cannot be used: "
              + e.getMessage()
              + "; give a PEM certificate and its unencrypted PKCS#8 key",
          e);
    }
  }

  private void listen(Context context) {
    IngressConfig config = node.config();
    config.tls().ifPresent(this::requireUsable);
    config.warnings().forEach(why -> log.warn("{}", why));
    HttpServer http = vertx.createHttpServer(options(config, idle)).requestHandler(this::route);
    http.connectionHandler(connections::opened);
    server = http;
    String flag = "choose another with --port";
    onContext(
        context,
        mediaPort::listen,
        "media port " + config.media().port(),
        "choose another in ingress.media.port");
    onContext(
        context,
        () -> http.listen(config.web().port(), config.web().host()),
        "port " + config.web().port(),
        flag);
    context.runOnContext(_ -> vertx.setPeriodic(PULSE_MS, _ -> pulse()));
    log.info("ingress listens on port {}, media on {}", port(), node.calls().mediaPort());
  }

  private void pulse() {
    lastPulse = System.nanoTime();
    node.capacity().look();
  }

  private interface Listening {
    Future<?> begin();
  }

  /// Sockets accepted by what begins here belong to the node's event loop.
  private static void onContext(Context context, Listening listening, String what, String fix) {
    Promise<@Nullable Void> listens = Promise.promise();
    context.runOnContext(_ -> listening.begin().<@Nullable Void>mapEmpty().onComplete(listens));
    try {
      await(listens.future());
    } catch (CompletionException e) {
      boolean isTaken = e.getCause() instanceof BindException;
      throw new IllegalStateException(
          isTaken
              ? what + " is already in use: stop what uses it, or " + fix
              : what + " cannot be opened: " + e.getCause(),
          e.getCause());
    }
  }

  private static void await(Future<?> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private static HttpServerOptions options(IngressConfig config, Idle idle) {
    int longest = Math.max(config.limits().messageBytes(), config.web().realtime().messageBytes());
    HttpServerOptions options = new HttpServerOptions();
    config.tls().ifPresent(tls -> options.setSsl(true).setKeyCertOptions(pem(tls)));
    options.setWebSocketSubProtocols(List.of(RealtimeEndpoint.SUBPROTOCOL));
    options.setMaxWebSocketFrameSize(Math.max(longest, READ_WHOLE_BYTES));
    options
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
    options.setWebSocketClosingTimeout(2);
    options
        .setReadIdleTimeout((int) idle.closesAfter().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setTcpNoDelay(true);
    // One request at a time on a connection is what the bounds of connections count on.
    options.setHttp2ClearTextEnabled(false).setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
    return options;
  }

  private void route(HttpServerRequest request) {
    connections.asked(request);
    boolean isCarriers = request.path().startsWith("/twilio/");
    if (isStopping && (isCarriers || request.path().equals("/v1/realtime"))) {
      refuse(request, 503, "stopping\n");
      return;
    }
    if (isCarriers && !twilio.isFromCarrier(request)) {
      refuse(request, 403, "this address is for the carrier, not for web pages\n");
      return;
    }
    switch (request.path()) {
      case "/health" -> pages.health(request, isStopping);
      case "/twilio/voice" -> webhook(request, twilio::voice);
      case "/twilio/after" -> webhook(request, twilio::after);
      case "/twilio/stream" -> twilio.stream(request);
      case "/v1/realtime" -> realtime.stream(request);
      default -> rest(request);
    }
  }

  private void rest(HttpServerRequest request) {
    Handler<HttpServerRequest> others = rest;
    if (others != null) {
      others.handle(request);
    } else if (request.path().equals("/")) {
      pages.root(request);
    } else {
      refuse(request, 404, "there is nothing here; see / for what is\n");
    }
  }

  private static void webhook(HttpServerRequest request, Handler<HttpServerRequest> answer) {
    if (request.method().equals(HttpMethod.POST)) {
      answer.handle(request);
    } else {
      refuse(request, 405, "set the carrier's webhook to HTTP POST\n");
    }
  }

  private static void refuse(HttpServerRequest request, int status, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(text);
  }

  /// The port the carrier's side listens on.
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  /// How the callers' side is spoken to: http or https.
  public String scheme() {
    return node.config().tls().isPresent() ? "https" : "http";
  }

  /// host:port that egress nodes are told.
  public String mediaPortAddress() {
    return node.calls().mediaPort();
  }

  /// Whether this node is worth keeping: its event loop turns and the log is followed, be it with
  /// interruptions.
  public boolean isLive() {
    Duration sincePulse = Duration.ofNanos(System.nanoTime() - lastPulse);
    return sincePulse.compareTo(PATIENCE) < 0 && node.log().directory().isLive();
  }

  /// Whether calls can be taken: the log is written and read, and nothing is stopping.
  public boolean isHealthy() {
    return !isStopping && node.log().writer().isHealthy() && node.log().directory().isHealthy();
  }

  /// Whether new calls are taken, as of the last look at the stages.
  public boolean isTakingCalls() {
    return !isStopping && !node.capacity().isRefusing();
  }

  /// From here on callers are asked to hold the line when the log is away. To be called once.
  public void hold(HoldingPhrases phrases) {
    Holding holding = new Holding(node, phrases);
    node.loop().execute(() -> vertx.setPeriodic(PULSE_MS, _ -> holding.look()));
  }

  /// From here on `others` answers, on the node's event loop, what is neither the carrier's nor a
  /// program's, nor asks for the health.
  public void serve(Handler<HttpServerRequest> others) {
    rest = others;
  }

  /// Calls whose streams are open here.
  public long activeCalls() {
    return node.metrics().active();
  }

  /// The callers' connections, streams and all.
  int openConnections() {
    return connections.size();
  }

  /// The most bytes that ever waited to be read at one of the callers' connections.
  long mostUnread() {
    return connections.mostUnread();
  }

  /// How often something went wrong, by reason, since the start.
  public Map<String, Long> errorCounts() {
    return node.metrics().counts();
  }

  /// Refuses new streams, ends the open ones so that the carrier asks again elsewhere, and writes
  /// what is left to write.
  @Override
  public void close() {
    isStopping = true;
    try {
      Promise<@Nullable Void> ended = Promise.promise();
      node.loop()
          .execute(() -> {
            node.calls().closeAll("stopping");
            ended.complete();
          });
      await(ended.future());
      HttpServer listening = server;
      if (listening != null) {
        await(listening.shutdown(3, TimeUnit.SECONDS));
      }
      mediaPort.close();
      await(vertx.close());
    } catch (CompletionException e) {
      log.warn("sockets did not close cleanly: {}", String.valueOf(e.getCause()));
    }
    node.log().writer().close();
    node.log().directory().close();
    node.log().stages().close();
  }
}
