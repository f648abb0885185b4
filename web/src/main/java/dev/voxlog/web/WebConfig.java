package dev.voxlog.web;

import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.runtime.gate.Reach;
import dev.voxlog.runtime.gate.Visitors;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page and the operator API are served with, to whom, and how much is held.
///
/// `connections` bounds those to a port of its own; `realtime` says where the page talks; `history`
/// how far back calls are read at the start, `calls` how many are held; `agents` are the names that
/// may be asked for.
public record WebConfig(
    Reach reach,
    Visitors visitors,
    Realtime realtime,
    Duration history,
    int calls,
    ConnectionLimits connections,
    List<String> agents,
    String version) {
  private static final Duration LONGEST_HISTORY = Duration.ofDays(7);
  private static final int MOST_CALLS = 10_000;

  /// The way to `/v1/realtime`: on the page's own host, or at `url`; `needsToken` where a token
  /// must be brought there.
  public record Realtime(@Nullable String url, boolean needsToken) {
    public static final String PATH = "/v1/realtime";

    public Realtime {
      if (url != null && !url.matches("wss?://[A-Za-z0-9.:\\[\\]_-]+/[A-Za-z0-9/._~-]*")) {
        throw new IllegalArgumentException(
            "web.realtimeUrl is '"
                + url
                + "'; give the whole address, such as wss://voice.example.com/v1/realtime");
      }
    }

    String address() {
      return url == null ? PATH : url;
    }

    /// Scheme and host alone, as a content-security policy names them; null for the page's own
    /// host.
    @Nullable String origin() {
      return url == null
          ? null
          : url.substring(0, url.length() - URI.create(url).getPath().length());
    }
  }

  public WebConfig {
    agents = List.copyOf(agents);
    if (!history.isPositive() || history.compareTo(LONGEST_HISTORY) > 0) {
      throw new IllegalArgumentException(
          "web.history is " + history + "; write more than nothing, and at most 7 days (168h)");
    }
    if (calls < 1 || calls > MOST_CALLS) {
      throw new IllegalArgumentException("web.calls is " + calls + "; write 1 to " + MOST_CALLS);
    }
  }

  /// The same on a port of its own.
  ///
  /// @throws IllegalArgumentException if others reach it and no token is asked for
  public WebConfig requireGuarded() {
    reach.requireGuarded(
        !visitors.tokens().isEmpty(),
        "web.tokens is not set, so anyone could read along in calls",
        "set web.tokens to tokens of your own");
    return this;
  }

  boolean needsToken() {
    return !visitors.tokens().isEmpty() || realtime.needsToken();
  }
}
