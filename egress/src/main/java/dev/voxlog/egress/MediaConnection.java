package dev.voxlog.egress;

import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaCodec;
import dev.voxlog.schemas.media.MediaDecoder;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaFrameException;
import dev.voxlog.schemas.media.MediaProof;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to one ingress node: a hello that meets its challenge, commands one way, reports
/// the other; connected again, ever more slowly, while calls need it. Confined to the client's
/// event loop.
final class MediaConnection {
  private static final Logger log = LoggerFactory.getLogger(MediaConnection.class);
  private static final long FIRST_BACK_OFF_MS = 50;
  private static final long LONGEST_BACK_OFF_MS = 2_000;
  private static final long CHALLENGE_MS = 5_000;

  /// Some seconds of audio of a hundred calls: a node that leaves more unread is broken.
  private static final int MOST_UNREAD = 4 << 20;

  private final String mediaPort;
  private final Surroundings around;
  private final Set<CallId> players = new HashSet<>();
  private @Nullable NetSocket socket;
  private boolean isConnecting;
  private boolean isClosed;
  private long backOffMs = FIRST_BACK_OFF_MS;

  /// What the connections of one egress share. `unneeded` hears of one that is closed and that no
  /// call needs.
  record Surroundings(
      Self self,
      Vertx vertx,
      NetClient client,
      Stage.Outside calls,
      Consumer<MediaConnection> unneeded) {}

  /// Who this egress is, and what it shares with the ingress nodes.
  record Self(String node, String secret) {}

  MediaConnection(String mediaPort, Surroundings around) {
    this.mediaPort = mediaPort;
    this.around = around;
  }

  String mediaPort() {
    return mediaPort;
  }

  void open(CallId call) {
    players.add(call);
    if (socket != null) {
      around.calls().post(call, new IngressNodes.Link.Up(mediaPort));
    } else {
      connect();
    }
  }

  /// The connection stays for the next call, but is not made again for nobody.
  void leave(CallId call) {
    players.remove(call);
    giveUpIfUnneeded();
  }

  private void giveUpIfUnneeded() {
    if (players.isEmpty() && socket == null && !isConnecting) {
      around.unneeded().accept(this);
    }
  }

  void send(MediaFrame.Command command) {
    NetSocket open = socket;
    if (open == null) {
      return;
    }
    if (open.writeQueueFull()) {
      log.warn("ingress node {} leaves too much unread; connecting again", mediaPort);
      var _ = open.close();
      return;
    }
    write(open, command);
  }

  private static void write(NetSocket to, MediaFrame frame) {
    var _ = to.write(Buffer.buffer(MediaCodec.encode(frame)));
  }

  private void connect() {
    if (isConnecting || isClosed || socket != null || players.isEmpty()) {
      return;
    }
    isConnecting = true;
    int colon = mediaPort.lastIndexOf(':');
    around
        .client()
        .connect(Integer.parseInt(mediaPort.substring(colon + 1)), mediaPort.substring(0, colon))
        .onComplete(result -> {
          if (result.succeeded()) {
            connected(result.result());
          } else {
            isConnecting = false;
            log.debug(
                "ingress node {} cannot be reached: {}", mediaPort, String.valueOf(result.cause()));
            connectLater();
          }
        });
  }

  private void connected(NetSocket open) {
    if (isClosed) {
      var _ = open.close();
      return;
    }
    MediaDecoder decoder = new MediaDecoder();
    open.setWriteQueueMaxSize(MOST_UNREAD);
    open.handler(bytes -> received(open, decoder, bytes));
    open.exceptionHandler(
        failure -> log.debug("the connection to {} broke: {}", mediaPort, failure.toString()));
    open.closeHandler(_ -> lost());
    around
        .vertx()
        .setTimer(
            CHALLENGE_MS,
            _ -> {
              if (isConnecting) {
                var _ = open.close();
              }
            });
  }

  private void challenged(NetSocket by, MediaFrame.Challenge challenge) {
    if (!isConnecting) {
      return;
    }
    isConnecting = false;
    socket = by;
    Self self = around.self();
    write(by, MediaProof.answer(challenge, mediaPort, self.node(), self.secret()));
    log.info("connected to ingress node {}", mediaPort);
    tellCalls(new IngressNodes.Link.Up(mediaPort));
  }

  private void tellCalls(IngressNodes.Link link) {
    Set.copyOf(players).forEach(call -> around.calls().post(call, link));
  }

  private void received(NetSocket from, MediaDecoder decoder, Buffer bytes) {
    try {
      decoder.read(bytes.getBytes(), frame -> take(from, frame));
    } catch (MediaFrameException e) {
      log.warn("ingress node {} sends no media frames: {}", mediaPort, e.getMessage());
      var _ = from.close();
    }
  }

  private void take(NetSocket from, MediaFrame frame) {
    switch (frame) {
      case MediaFrame.Challenge challenge -> challenged(from, challenge);
      case MediaFrame.Report report -> {
        backOffMs = FIRST_BACK_OFF_MS;
        around.calls().post(report.callId(), report);
      }
      case MediaFrame.Hello _, MediaFrame.Command _ ->
          log.debug("ingress node {} sends what only egress says", mediaPort);
    }
  }

  private void lost() {
    boolean wasUp = socket != null;
    socket = null;
    isConnecting = false;
    if (isClosed) {
      return;
    }
    log.warn("the connection to ingress node {} is lost", mediaPort);
    if (wasUp) {
      tellCalls(new IngressNodes.Link.Down(mediaPort));
    }
    connectLater();
  }

  private void connectLater() {
    if (isClosed) {
      return;
    }
    if (players.isEmpty()) {
      giveUpIfUnneeded();
      return;
    }
    around.vertx().setTimer(backOffMs, _ -> connect());
    backOffMs = Math.min(LONGEST_BACK_OFF_MS, backOffMs * 2);
  }

  void close() {
    isClosed = true;
    NetSocket open = socket;
    if (open != null) {
      var _ = open.close();
    }
  }
}
