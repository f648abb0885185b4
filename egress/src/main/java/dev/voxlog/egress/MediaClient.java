package dev.voxlog.egress;

import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One TCP connection to each ingress node, made again while calls are played there.
///
/// Threads: all state belongs to one event loop; the methods only hand it tasks.
final class MediaClient implements IngressNodes {
  private static final Logger log = LoggerFactory.getLogger(MediaClient.class);

  private final MediaConnection.Self self;
  private final Vertx vertx;
  private final Context context;
  private final NetClient client;
  private final Map<String, MediaConnection> nodes = new HashMap<>();
  private final Map<CallId, Home> homes = new HashMap<>();
  private Stage.Outside outside = (_, _) -> {};
  private boolean isClosed;

  /// Where a call is played, and by the playback of which epoch.
  private record Home(long epoch, String mediaPort) {}

  MediaClient(String node, String secret) {
    self = new MediaConnection.Self(node, secret);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    context = vertx.getOrCreateContext();
    client =
        vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(2_000));
  }

  @Override
  public void start(Stage.Outside calls) {
    onLoop(() -> outside = calls);
  }

  @Override
  public void open(CallId call, long epoch, String mediaPort) {
    onLoop(() -> {
      Home before = homes.put(call, new Home(epoch, mediaPort));
      if (before != null && !before.mediaPort().equals(mediaPort)) {
        leave(call, before.mediaPort());
      }
      nodes.computeIfAbsent(mediaPort, this::node).open(call);
    });
  }

  private MediaConnection node(String mediaPort) {
    return new MediaConnection(
        mediaPort,
        new MediaConnection.Surroundings(
            self,
            vertx,
            client,
            (call, message) -> outside.post(call, message),
            unneeded -> nodes.remove(unneeded.mediaPort(), unneeded)));
  }

  @Override
  public void send(String mediaPort, MediaFrame.Command command) {
    onLoop(() -> {
      MediaConnection node = nodes.get(mediaPort);
      if (node != null) {
        node.send(command);
      }
    });
  }

  @Override
  public void release(CallId call, long epoch) {
    onLoop(() -> {
      Home home = homes.get(call);
      if (home != null && home.epoch() <= epoch) {
        homes.remove(call);
        leave(call, home.mediaPort());
      }
    });
  }

  private void leave(CallId call, String mediaPort) {
    MediaConnection node = nodes.get(mediaPort);
    if (node != null) {
      node.leave(call);
    }
  }

  private void onLoop(Runnable task) {
    context.runOnContext(_ -> {
      if (!isClosed) {
        task.run();
      }
    });
  }

  @Override
  public void close() {
    context.runOnContext(_ -> {
      isClosed = true;
      nodes.values().forEach(MediaConnection::close);
    });
    try {
      vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      log.warn(
          "connections to ingress nodes did not close cleanly: {}", String.valueOf(e.getCause()));
    }
  }
}
