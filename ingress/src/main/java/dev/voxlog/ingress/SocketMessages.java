package dev.voxlog.ingress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A client's frames, put together to messages of at most so many bytes. Confined to the node's
/// event loop.
///
/// Vert.x would do so as well, but does not get over a text whose first frame is empty: each
/// message of that socket then ends in an exception that nobody can handle.
final class SocketMessages {
  private final int mostBytes;
  private final Receiver receiver;
  private @Nullable Buffer begun;
  private boolean isText;
  private boolean isTooLong;

  /// Where messages go. After `tooLong` nothing more comes.
  interface Receiver {
    void text(String text);

    void binary();

    void tooLong();
  }

  private SocketMessages(int mostBytes, Receiver receiver) {
    this.mostBytes = mostBytes;
    this.receiver = receiver;
  }

  static void listen(ServerWebSocket socket, int mostBytes, Receiver receiver) {
    socket.frameHandler(new SocketMessages(mostBytes, receiver)::frame);
  }

  private void frame(WebSocketFrame frame) {
    if (frame.isText() || frame.isBinary()) {
      begun = Buffer.buffer();
      isText = frame.isText();
    } else if (!frame.isContinuation()) {
      return;
    }
    Buffer message = begun;
    if (message == null || isTooLong) {
      return;
    }
    Buffer part = frame.binaryData();
    if (message.length() + part.length() > mostBytes) {
      isTooLong = true;
      begun = null;
      receiver.tooLong();
      return;
    }
    // Nearly every message comes in one frame, and needs no putting together.
    Buffer soFar = frame.isFinal() && message.length() == 0 ? part : message.appendBuffer(part);
    if (frame.isFinal()) {
      begun = null;
      whole(soFar);
    }
  }

  private void whole(Buffer message) {
    if (isText) {
      receiver.text(message.toString(StandardCharsets.UTF_8));
    } else {
      receiver.binary();
    }
  }
}
