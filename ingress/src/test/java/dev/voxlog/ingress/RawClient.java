package dev.voxlog.ingress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that does no more than it is told: it answers no ping, reads nothing by itself, and
/// never says goodbye.
final class RawClient implements AutoCloseable {
  private static final int PINGS_AT_ONCE = 200;
  private final Socket socket = new Socket();

  RawClient(IngressFixture node) throws IOException {
    // What waits for a client that does not read should wait at the node, not here.
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress("127.0.0.1", node.ingress.port()));
  }

  /// One that has a WebSocket at the path.
  static RawClient at(IngressFixture node, String path) throws IOException {
    RawClient client = new RawClient(node);
    client.write(upgrade(path) + "\r\n");
    assertThat(client.socket.getInputStream().readNBytes(12))
        .asString(US_ASCII)
        .isEqualTo("HTTP/1.1 101");
    return client;
  }

  /// The head of the request for one, without the line that ends it.
  static String upgrade(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /// One masked text frame (RFC 6455 §5.2) with a mask of zeros; single quotes are double ones.
  void text(String json) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    boolean isShort = bytes.length < 126;
    ByteBuffer frame = ByteBuffer.allocate((isShort ? 6 : 8) + bytes.length).put((byte) 0x81);
    if (isShort) {
      frame.put((byte) (0x80 | bytes.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) bytes.length);
    }
    socket.getOutputStream().write(frame.putInt(0).put(bytes).array());
  }

  /// Many pings of the longest kind; false if they cannot be sent any more.
  boolean pings() {
    ByteBuffer pings = ByteBuffer.allocate(PINGS_AT_ONCE * 131);
    for (int i = 0; i < PINGS_AT_ONCE; i++) {
      pings.put((byte) 0x89).put((byte) (0x80 | 125)).putInt(0).put(new byte[125]);
    }
    return sends(pings.array());
  }

  boolean sends(String text) {
    return sends(text.getBytes(US_ASCII));
  }

  private boolean sends(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// What comes until the node closes the connection.
  String readToTheEnd() {
    StringBuilder read = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.append((char) next);
      }
    } catch (IOException e) {
      read.append(" reset");
    }
    return read.toString();
  }

  /// The status line of the next answer, which has a body of a known length or is the last one.
  String readStatus() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("the answer's head goes on after: %s", head).isNotNegative();
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    in.skipNBytes(length);
    return head.toString().lines().findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
