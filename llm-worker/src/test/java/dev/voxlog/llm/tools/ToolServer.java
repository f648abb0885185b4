package dev.voxlog.llm.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real HTTP server that answers one request after the other by script, down to hanging up in the
/// midst of one.
final class ToolServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /// What came in, request line, headers and body as sent.
  final List<String> requests = new CopyOnWriteArrayList<>();

  private sealed interface Answer {}

  private record Full(int status, String body) implements Answer {}

  private record Drop() implements Answer {}

  private record Stall() implements Answer {}

  private record Never() implements Answer {}

  ToolServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofPlatform().daemon().name("tool-server").start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  synchronized ToolServer answers(int status, String body) {
    script.add(new Full(status, body));
    return this;
  }

  /// Reads the request, then closes the connection without an answer.
  synchronized ToolServer drops() {
    script.add(new Drop());
    return this;
  }

  /// Says that an answer comes, begins it, and never goes on.
  synchronized ToolServer stalls() {
    script.add(new Stall());
    return this;
  }

  /// Reads the request and keeps the caller waiting.
  synchronized ToolServer hangs() {
    script.add(new Never());
    return this;
  }

  /// Whether the latest client closed its connection.
  boolean hasBeenLeft() throws IOException {
    Socket client = open.getLast();
    client.setSoTimeout(5_000);
    return client.getInputStream().read() < 0;
  }

  private synchronized Answer next() {
    return script.isEmpty() ? new Full(500, "") : script.remove();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        handle(client);
      } catch (IOException _) {
        // the next client is served, unless the server was closed
      }
    }
  }

  private void handle(Socket client) throws IOException {
    requests.add(read(client.getInputStream()));
    switch (next()) {
      case Full(int status, String body) -> {
        String head = "HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        client
            .getOutputStream()
            .write(head.formatted(status, bytes.length).getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().write(bytes);
        client.close();
      }
      case Drop _ -> client.close();
      case Stall _ ->
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{"
                      .getBytes(StandardCharsets.UTF_8));
      case Never _ -> {}
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int each = in.read();
      if (each < 0) {
        return request.toString();
      }
      request.append((char) each);
    }
    String length = request.toString().replaceAll("(?is).*content-length: (\\d+).*|.*", "$1");
    if (!length.isEmpty()) {
      request.append(new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
    }
    return request.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
