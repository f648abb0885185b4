package dev.voxlog.web;

import dev.voxlog.runtime.gate.Reach;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every answer says to browsers: nothing foreign runs, is framed or is sent anything.
final class Headers {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "x-content-type-options", "nosniff",
          "referrer-policy", "no-referrer",
          "permissions-policy", "microphone=(self), camera=(), geolocation=()",
          "cross-origin-opener-policy", "same-origin",
          "cross-origin-resource-policy", "same-origin");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'%s; img-src 'self' data:; font-src 'self';"
          + " media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String AUTHORITY = "[A-Za-z0-9.:\\[\\]_-]+";

  private final @Nullable String realtimeOrigin;

  /// `realtimeOrigin` is where the page talks, null for its own host.
  Headers(@Nullable String realtimeOrigin) {
    this.realtimeOrigin = realtimeOrigin;
  }

  void put(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    ALWAYS.forEach(response::putHeader);
    response.putHeader("content-security-policy", policy(request.authority()));
    HostAndPort authority = request.authority();
    if (request.isSSL() && authority != null && !Reach.isLoopback(authority.host())) {
      response.putHeader("strict-transport-security", "max-age=31536000");
    }
  }

  /// Not every browser takes 'self' for WebSockets too.
  private String policy(@Nullable HostAndPort authority) {
    String host = authority == null ? "" : authority.toString();
    String sockets =
        realtimeOrigin != null
            ? " " + realtimeOrigin
            : host.matches(AUTHORITY) ? " ws://" + host + " wss://" + host : "";
    return POLICY.formatted(sockets);
  }
}
