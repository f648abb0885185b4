package dev.voxlog.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The page's files, all in memory, by their paths: what is not among them cannot be asked for.
/// Files whose names have a hash of what is in them, under `assets`, are kept by browsers for good.
/// Immutable.
final class PageFiles {
  private static final String FOLDER = "/web/page/";
  private static final String INDEX = "/index.html";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"));

  /// The codings of precompressed files, by their endings, the better one first.
  private static final List<Map.Entry<String, String>> CODINGS =
      List.of(Map.entry(".br", "br"), Map.entry(".gz", "gzip"));

  private final Map<String, byte[]> files;
  private final Map<String, String> tags = new HashMap<>();

  PageFiles(Map<String, byte[]> files) {
    this.files = Map.copyOf(files);
    files.forEach((path, bytes) -> tags.put(path, "\"" + hash(bytes) + "\""));
  }

  /// Those of the jar this class is in; none if it was built without the page. Blocks.
  static PageFiles ofJar() {
    URL index = PageFiles.class.getResource(FOLDER + "index.html");
    if (index == null) {
      return new PageFiles(Map.of());
    }
    try {
      URI uri = index.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return of(jar.getPath(FOLDER));
        }
      }
      return of(Path.of(uri).resolveSibling(""));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the page's files cannot be read from the jar", e);
    }
  }

  static PageFiles of(Path folder) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = "/" + folder.relativize(file).toString().replace('\\', '/');
        files.put(path, Files.readAllBytes(file));
      }
    }
    return new PageFiles(files);
  }

  boolean isEmpty() {
    return !files.containsKey(INDEX);
  }

  /// Answers with the file, or that there is none.
  void serve(HttpServerRequest request) {
    String path = request.path().equals("/") ? INDEX : request.path();
    byte[] plain = files.get(path);
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("allow", "GET, HEAD");
      say(request, 405, "this address can only be read\n");
    } else if (plain != null && !isCompressed(path)) {
      serve(request, path, plain);
    } else if (path.equals(INDEX)) {
      say(
          request,
          200,
          "Voxlog was built without its page; the operator API is at /api/session. Build it with npm on the path to have the page here.\n");
    } else {
      say(request, 404, "there is nothing here; see / for what is\n");
    }
  }

  private boolean isCompressed(String path) {
    return CODINGS.stream()
        .anyMatch(coding ->
            path.endsWith(coding.getKey())
                && files.containsKey(path.substring(0, path.length() - coding.getKey().length())));
  }

  private void serve(HttpServerRequest request, String path, byte[] plain) {
    HttpServerResponse response = request.response();
    String tag = tags.get(path);
    boolean isKept = path.startsWith("/assets/");
    response
        .putHeader("content-type", TYPES.getOrDefault(ending(path), "application/octet-stream"))
        .putHeader("cache-control", isKept ? "public, max-age=31536000, immutable" : "no-cache")
        .putHeader("vary", "accept-encoding")
        .putHeader("etag", String.valueOf(tag));
    if (String.valueOf(tag).equals(request.getHeader("If-None-Match"))) {
      var _ = response.setStatusCode(304).end();
      return;
    }
    byte[] body = plain;
    String accepted = request.getHeader("Accept-Encoding");
    for (Map.Entry<String, String> coding : CODINGS) {
      byte[] compressed = files.get(path + coding.getKey());
      if (compressed != null && takes(accepted, coding.getValue())) {
        response.putHeader("content-encoding", coding.getValue());
        body = compressed;
        break;
      }
    }
    response.putHeader("content-length", Integer.toString(body.length));
    var _ =
        request.method().equals(HttpMethod.HEAD)
            ? response.end()
            : response.end(Buffer.buffer(body));
  }

  private static boolean takes(@Nullable String accepted, String coding) {
    return accepted != null
        && Arrays.stream(accepted.split(","))
            .map(String::strip)
            .anyMatch(each -> each.equals(coding) || isWeighted(each, coding));
  }

  private static boolean isWeighted(String each, String coding) {
    return each.startsWith(coding + ";") && !each.matches(".*;\\s*q=0(\\.0*)?");
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  static void say(HttpServerRequest request, int status, String text) {
    var _ =
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", "text/plain; charset=utf-8")
            .end(text);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
