package dev.voxlog.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A schema registry that takes whatever it is given; a codec asks it once, before anything is
/// measured.
final class StubRegistry implements AutoCloseable {
  private final List<byte[]> schemas = new ArrayList<>();
  private final HttpServer server;

  StubRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/subjects/", this::register);
    server.createContext("/schemas/ids/", this::tell);
    server.start();
  }

  private void register(HttpExchange exchange) throws IOException {
    schemas.add(exchange.getRequestBody().readAllBytes());
    answer(exchange, "{\"id\":%d}".formatted(schemas.size()).getBytes(UTF_8));
  }

  /// A schema is told as it was given.
  private void tell(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    answer(exchange, schemas.get(id - 1));
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
