package dev.voxlog.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A registry in this process: subjects, ids and the errors of Confluent's, with what tests want to
/// see and spoil.
public final class FakeRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final String scheme;
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final List<String> schemas = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private @Nullable String authorization;
  private int failures;

  public FakeRegistry() {
    this(null);
  }

  FakeRegistry(@Nullable SSLContext tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void demand(String wanted) {
    authorization = wanted;
  }

  /// The next requests are answered with 503.
  synchronized void failNext(int count) {
    failures = count;
  }

  /// Every request so far, as method and path.
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    if (failures > 0) {
      failures--;
      answer(exchange, 503, "{\"error_code\":50301,\"message\":\"not yet\"}");
    } else if (authorization != null && !authorization.equals(sent)) {
      answer(exchange, 401, "");
    } else {
      route(exchange, path.substring(1).split("/"), body);
    }
  }

  private void route(HttpExchange exchange, String[] path, JsonNode body) throws IOException {
    boolean isPost = exchange.getRequestMethod().equals("POST");
    if (path[0].equals("schemas")) {
      byId(exchange, Integer.parseInt(path[2]));
    } else if (path[0].equals("config")) {
      answer(exchange, 200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
    } else if (path[0].equals("compatibility")) {
      answer(exchange, 200, "{\"is_compatible\":true}");
    } else if (path.length == 1) {
      answer(exchange, 200, JSON.valueToTree(subjects.keySet()).toString());
    } else if (isPost) {
      String schema = body.path("schema").asText();
      if (path.length == 3) {
        register(exchange, path[1], schema);
      } else {
        lookUp(exchange, path[1], schema);
      }
    } else {
      latest(exchange, path[1]);
    }
  }

  private void byId(HttpExchange exchange, int id) throws IOException {
    if (id < 1 || id > schemas.size()) {
      answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    } else {
      var schema = JSON.createObjectNode().put("schema", schemas.get(id - 1));
      answer(exchange, 200, schema.toString());
    }
  }

  private void register(HttpExchange exchange, String subject, String schema) throws IOException {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    int id = schemas.indexOf(schema) + 1;
    List<Integer> ids = subjects.computeIfAbsent(subject, _ -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
    answer(exchange, 200, "{\"id\":" + id + "}");
  }

  private void lookUp(HttpExchange exchange, String subject, String schema) throws IOException {
    int id = schemas.indexOf(schema) + 1;
    if (!subjects.containsKey(subject)) {
      answer(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
    } else if (!subjects.get(subject).contains(id)) {
      answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    } else {
      answer(exchange, 200, "{\"id\":" + id + "}");
    }
  }

  private void latest(HttpExchange exchange, String subject) throws IOException {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      answer(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
      return;
    }
    int id = ids.getLast();
    var node = JSON.createObjectNode().put("id", id).put("version", ids.size());
    answer(exchange, 200, node.put("schema", schemas.get(id - 1)).toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
