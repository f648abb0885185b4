package dev.voxlog.testkit.twilio;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The carrier: makes calls, all on one event loop and one schedule, so that hundreds can be on the
/// line at once.
public final class Switchboard implements AutoCloseable {
  private static final int MOST_CALLS = 2_000;

  private final Vertx vertx;
  private final Context context;
  private final Metronome metronome;
  private final TwimlFollower.Clients clients;
  private final Set<TwilioCaller> callers = new HashSet<>();

  public Switchboard() {
    this(null);
  }

  /// Trusts this certificate, a PEM file, whatever name it is for.
  public Switchboard(@Nullable Path certificate) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    context = vertx.getOrCreateContext();
    metronome = new Metronome(context);
    WebSocketClientOptions sockets = new WebSocketClientOptions();
    sockets.setMaxConnections(MOST_CALLS).setConnectTimeout(5_000);
    sockets.setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 20);
    // A webhook never relies on a connection of before: the node it led to may be dead by now.
    HttpClientOptions webhooks = new HttpClientOptions().setConnectTimeout(5_000);
    webhooks.setKeepAlive(false);
    if (certificate != null) {
      PemTrustOptions trusted = new PemTrustOptions().addCertPath(certificate.toString());
      sockets.setTrustOptions(trusted).setVerifyHost(false);
      webhooks.setTrustOptions(trusted).setVerifyHost(false);
    }
    clients =
        new TwimlFollower.Clients(
            vertx.createHttpClient(webhooks), vertx.createWebSocketClient(sockets));
  }

  /// Dials; the call goes on by itself until somebody hangs up.
  public TwilioCaller call(CallPlan plan) {
    Metronome.Stepping[] stepping = new Metronome.Stepping[1];
    TwilioCaller[] called = new TwilioCaller[1];
    Runnable forget =
        () -> {
          metronome.remove(stepping[0]);
          callers.remove(called[0]);
        };
    TwilioCaller caller = new TwilioCaller(plan, context, forget);
    called[0] = caller;
    stepping[0] = caller::step;
    context.runOnContext(_ -> {
      callers.add(caller);
      metronome.add(stepping[0]);
      new TwimlFollower(vertx, clients, plan, caller).begin();
    });
    return caller;
  }

  /// Calls that are still on end here, without a word to anybody.
  @Override
  public void close() {
    metronome.close();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    context.runOnContext(_ -> {
      List.copyOf(callers).forEach(caller -> caller.end(new Ending.ByCaller()));
      ended.complete(true);
    });
    ended.orTimeout(5, TimeUnit.SECONDS).join();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
