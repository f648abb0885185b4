package dev.voxlog.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a tool is reached. `{parameter}` in the URL takes an argument, percent-encoded; the other
/// arguments go into the query of GET and DELETE, and into a JSON body otherwise. URL and header
/// values may hold `${NAME:-default}`; `{caller}` in a header's value is the caller's own number as
/// the call has it, or `anonymous`: arguments never get there.
public record HttpCall(String method, String url, Map<String, String> headers, Duration timeout) {
  public static final Duration TIMEOUT = Duration.ofSeconds(5);
  public static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");
  private static final String CALLER = "{" + Values.CALLER + "}";

  /// A request ready to send; `body` is JSON, null where the method has none.
  public record Request(
      String method, URI uri, Map<String, String> headers, @Nullable String body) {}

  public HttpCall {
    headers = Map.copyOf(headers);
    new Rules()
        .that(
            METHODS.contains(method),
            "method",
            method,
            "is no method a tool can have",
            "write GET, POST, PUT, PATCH or DELETE")
        .that(
            url.matches("(?i)https?://.+") || url.startsWith("${"),
            "url",
            url,
            "is no http address",
            "begin with http:// or https://, or with ${NAME:-http://…}")
        .that(
            Environment.isWellFormed(url),
            "url",
            url,
            "has a broken ${…}",
            "write ${NAME} or ${NAME:-default}")
        .that(
            timeout.toMillis() >= 100 && timeout.toSeconds() <= 60,
            "timeout",
            Durations.format(timeout),
            "must be from 100ms to 60s",
            "write timeout: 5s")
        .enforce();
  }

  /// The parameters that the URL takes.
  public Set<String> pathParameters() {
    return Template.of(Environment.expand(url, _ -> "set")).names();
  }

  /// The request for `arguments` in this caller's call.
  ///
  /// @throws IllegalStateException if an environment variable is missing
  /// @throws IllegalArgumentException if an argument for the URL is missing, or the address is
  ///   malformed
  public Request request(
      ObjectNode arguments, Caller caller, Function<String, @Nullable String> environment) {
    Template address = Template.of(Environment.expand(url, environment));
    ObjectNode rest = arguments.deepCopy().without(address.names());
    String target =
        address
            .fill(name -> arguments.hasNonNull(name) ? segment(arguments.get(name).asText()) : null)
            .orElseThrow(() ->
                new IllegalArgumentException("the address needs arguments for " + address.names()));
    Map<String, String> sent = new LinkedHashMap<>();
    headers.forEach((name, value) ->
        sent.put(name, Environment.expand(value, environment).replace(CALLER, caller.told())));
    if (WITHOUT_BODY.contains(method)) {
      return new Request(method, URI.create(target + query(target, rest)), sent, null);
    }
    sent.putIfAbsent("Content-Type", "application/json");
    return new Request(method, URI.create(target), sent, rest.toString());
  }

  private static String query(String target, ObjectNode arguments) {
    String query =
        arguments.properties().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue().asText()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : (target.contains("?") ? "&" : "?") + query;
  }

  private static @Nullable String segment(String text) {
    // "." and ".." would climb the path, encoded or not.
    return text.matches("\\.*") ? null : encoded(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
