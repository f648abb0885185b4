package dev.voxlog.egress;

import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaCodec;
import dev.voxlog.schemas.media.MediaDecoder;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to one ingress node: a hello, commands one way, reports the other; connected
/// again, ever more slowly, while calls need it. Confined to the client's event loop.
final class MediaConnection {
  private static final Logger log = LoggerFactory.getLogger(MediaConnection.class);
  private static final long FIRST_BACK_OFF_MS = 50;
  private static final long LONGEST_BACK_OFF_MS = 2_000;

  /// Some seconds of audio of a hundred calls: a node that leaves more unread is broken.
  private static final int MOST_UNREAD = 4 << 20;

  private final String mediaPort;
  private final MediaFrame.Hello hello;
  private final Vertx vertx;
  private final NetClient client;
  private final Stage.Outside calls;
  private final Set<CallId> players = new HashSet<>();
  private @Nullable NetSocket socket;
  private boolean isConnecting;
  private boolean isClosed;
  private long backOffMs = FIRST_BACK_OFF_MS;

  MediaConnection(
      String mediaPort,
      MediaFrame.Hello hello,
      Vertx vertx,
      NetClient client,
      Stage.Outside calls) {
    this.mediaPort = mediaPort;
    this.hello = hello;
    this.vertx = vertx;
    this.client = client;
    this.calls = calls;
  }

  void open(CallId call) {
    players.add(call);
    if (socket != null) {
      calls.post(call, new IngressNodes.Link.Up(mediaPort));
    } else {
      connect();
    }
  }

  /// The connection stays for the next call, but is not made again for nobody.
  void leave(CallId call) {
    players.remove(call);
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
    client
        .connect(Integer.parseInt(mediaPort.substring(colon + 1)), mediaPort.substring(0, colon))
        .onComplete(result -> {
          isConnecting = false;
          if (result.succeeded()) {
            connected(result.result());
          } else {
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
    socket = open;
    open.setWriteQueueMaxSize(MOST_UNREAD);
    open.handler(bytes -> received(open, decoder, bytes));
    open.exceptionHandler(
        failure -> log.debug("the connection to {} broke: {}", mediaPort, failure.toString()));
    open.closeHandler(_ -> lost());
    write(open, hello);
    log.info("connected to ingress node {}", mediaPort);
    Set.copyOf(players).forEach(call -> calls.post(call, new IngressNodes.Link.Up(mediaPort)));
  }

  private void received(NetSocket from, MediaDecoder decoder, Buffer bytes) {
    backOffMs = FIRST_BACK_OFF_MS;
    try {
      decoder.read(bytes.getBytes(), this::take);
    } catch (MediaFrameException e) {
      log.warn("ingress node {} sends no media frames: {}", mediaPort, e.getMessage());
      var _ = from.close();
    }
  }

  private void take(MediaFrame frame) {
    if (frame instanceof MediaFrame.Report report) {
      calls.post(report.callId(), report);
    }
  }

  private void lost() {
    socket = null;
    if (isClosed) {
      return;
    }
    log.warn("the connection to ingress node {} is lost", mediaPort);
    Set.copyOf(players).forEach(call -> calls.post(call, new IngressNodes.Link.Down(mediaPort)));
    connectLater();
  }

  private void connectLater() {
    if (isClosed || players.isEmpty()) {
      return;
    }
    vertx.setTimer(backOffMs, _ -> connect());
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
