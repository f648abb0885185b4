package dev.voxlog.ingress;

import dev.voxlog.schemas.media.MediaCodec;
import dev.voxlog.schemas.media.MediaDecoder;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaFrameException;
import dev.voxlog.schemas.media.MediaProof;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where egress nodes connect, one connection each, to play to this node's callers. Confined to the
/// node's event loop.
final class MediaPort implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MediaPort.class);
  private static final int MOST_UNREAD = 4 << 20;
  private static final long HELLO_MS = 5_000;

  private final Vertx vertx;
  private final Node node;
  private final NetServer server;

  MediaPort(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
    server.connectHandler(socket -> new Connection(socket).open());
  }

  Future<NetServer> listen() {
    IngressConfig.MediaEndpoint endpoint = node.config().media();
    return server
        .listen(endpoint.port(), endpoint.host())
        .onSuccess(
            open -> node.calls().mediaPort(endpoint.reachableHost() + ":" + open.actualPort()));
  }

  private boolean isTrusted(MediaFrame.Hello hello, MediaFrame.Challenge challenge) {
    String secret = node.config().media().secret();
    return secret == null
        || MediaProof.isProved(hello, challenge, node.calls().mediaPort(), secret);
  }

  /// One egress node's connection: a challenge, a hello that meets it, then commands one way and
  /// reports the other.
  private final class Connection implements LiveCalls.Player {
    private final NetSocket socket;
    private final MediaDecoder decoder = new MediaDecoder();
    private final MediaFrame.Challenge challenge = MediaProof.challenge();
    private @Nullable String egress;

    Connection(NetSocket socket) {
      this.socket = socket;
    }

    void open() {
      socket.setWriteQueueMaxSize(MOST_UNREAD);
      socket.handler(this::received);
      socket.exceptionHandler(
          failure -> log.debug("an egress connection broke: {}", failure.toString()));
      socket.closeHandler(_ -> closed());
      var _ = socket.write(Buffer.buffer(MediaCodec.encode(challenge)));
      vertx.setTimer(
          HELLO_MS,
          _ -> {
            if (egress == null) {
              refuse("it says no hello");
            }
          });
    }

    private void received(Buffer bytes) {
      try {
        decoder.read(bytes.getBytes(), this::take);
      } catch (MediaFrameException e) {
        refuse("its bytes are no media frames");
      }
    }

    private void take(MediaFrame frame) {
      switch (frame) {
        case MediaFrame.Hello hello when isTrusted(hello, challenge) -> {
          egress = hello.node();
          log.info("egress {} is connected", egress);
        }
        case MediaFrame.Hello _ -> refuse("it does not know ingress.media.secret");
        case MediaFrame.Command command when egress != null -> node.calls().command(command, this);
        case MediaFrame.Command _ -> refuse("it commands before its hello");
        case MediaFrame.Report _, MediaFrame.Challenge _ ->
            refuse("it sends what only ingress says");
      }
    }

    private void refuse(String why) {
      node.metrics().count("refused-egress");
      log.warn("the egress connection from {} is closed: {}", socket.remoteAddress(), why);
      var _ = socket.close();
    }

    @Override
    public void report(MediaFrame.Report report) {
      if (socket.writeQueueFull()) {
        refuse("it does not read");
        return;
      }
      var _ = socket.write(Buffer.buffer(MediaCodec.encode(report)));
    }

    private void closed() {
      node.calls().disconnected(this);
      if (egress != null) {
        log.info("egress {} is gone", egress);
      }
    }
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
