package dev.voxlog.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.gate.Gate;
import dev.voxlog.schemas.CallId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The operator API: JSON and server-sent events under `/api`. Handles each request on its own
/// event loop and blocks none.
final class OperatorApi {
  private static final int MOST_ROWS = 500;
  private static final int USUAL_ROWS = 50;
  private static final Pattern EVENTS = Pattern.compile("/api/calls/([^/]+)/events");

  private final WebConfig config;
  private final Gate gate;
  private final CallBook book;
  private final Streams streams;
  private final WebMetrics metrics;
  private final Duration patience;

  /// A call that is not known may have just begun, and is waited for with `patience`.
  OperatorApi(
      WebConfig config,
      Gate gate,
      CallBook book,
      Streams streams,
      WebMetrics metrics,
      Duration patience) {
    this.config = config;
    this.gate = gate;
    this.book = book;
    this.streams = streams;
    this.metrics = metrics;
    this.patience = patience;
  }

  void answer(Vertx vertx, HttpServerRequest request) {
    Gate.Knock knock = Gate.Knock.of(request);
    boolean needsToken =
        !request.path().equals("/api/session") && !request.method().equals(HttpMethod.OPTIONS);
    Optional<Gate.Refusal> refusal = needsToken ? gate.refusal(knock) : gate.placeRefusal(knock);
    welcome(request, refusal);
    if (refusal.isPresent()) {
      Gate.Refusal why = refusal.get();
      metrics.count(why.code());
      refuse(request, why.status(), why.code(), why.message());
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      var _ = request.response().setStatusCode(204).end();
    } else if (!request.method().equals(HttpMethod.GET)) {
      request.response().putHeader("allow", "GET");
      refuse(request, 405, "read_only", "This API can only be read: use GET.");
    } else {
      route(vertx, request);
    }
  }

  /// Lets pages of other hosts read the answer, those that may come in, and those that lack a
  /// token.
  private static void welcome(HttpServerRequest request, Optional<Gate.Refusal> refusal) {
    String origin = request.getHeader("Origin");
    if (origin == null || refusal.isPresent() && refusal.get().status() == 403) {
      return;
    }
    request
        .response()
        .putHeader("access-control-allow-origin", origin)
        .putHeader("access-control-allow-headers", "authorization, last-event-id")
        .putHeader("access-control-max-age", "600")
        .putHeader("cross-origin-resource-policy", "cross-origin")
        .putHeader("vary", "origin");
  }

  private void route(Vertx vertx, HttpServerRequest request) {
    Matcher events = EVENTS.matcher(request.path());
    if (request.path().equals("/api/session")) {
      reply(request, session());
    } else if (request.path().equals("/api/calls")) {
      reply(request, calls(limit(request)));
    } else if (request.path().equals("/api/calls/stream")) {
      if (takesStream(request)) {
        streams.calls(vertx, request, Math.min(limit(request), USUAL_ROWS));
      }
    } else if (events.matches()) {
      events(vertx, request, events.group(1));
    } else {
      refuse(
          request, 404, "not_found", "There is nothing here; docs/operator-api.md lists what is.");
    }
  }

  private ObjectNode session() {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.put("version", config.version()).put("realtime", config.realtime().address());
    ArrayNode agents = session.putArray("agents");
    config.agents().forEach(name -> agents.addObject().put("name", name));
    return session.put("needsToken", config.needsToken());
  }

  private String calls(int limit) {
    return book.rows(limit).stream()
        .map(CallBook.Row::json)
        .collect(java.util.stream.Collectors.joining(",", "{\"calls\":[", "]}"));
  }

  /// What is no number counts as none.
  private static int limit(HttpServerRequest request) {
    String asked = request.getParam("limit");
    return asked != null && asked.matches("\\d{1,6}")
        ? Math.clamp(Integer.parseInt(asked), 1, MOST_ROWS)
        : USUAL_ROWS;
  }

  private boolean takesStream(HttpServerRequest request) {
    boolean isTaken = streams.take();
    if (!isTaken) {
      metrics.count("too-many-streams");
      request.response().putHeader("retry-after", "5");
      refuse(request, 503, "too_many_streams", "Too many streams are open; close some, or wait.");
    }
    return isTaken;
  }

  private void events(Vertx vertx, HttpServerRequest request, String written) {
    Optional<CallId> id = id(written);
    if (id.isEmpty()) {
      refuseUnknown(request, CallBook.Standing.UNKNOWN);
    } else if (takesStream(request)) {
      new Waiting(vertx, request, id.get()).look();
    }
  }

  private static Optional<CallId> id(String written) {
    try {
      return Optional.of(new CallId(URLDecoder.decode(written, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// A request for a call that may be known in a moment. Confined to the request's event loop.
  private final class Waiting {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final CallId id;
    private final Runnable watcher;
    private @Nullable Long timer;
    private boolean isDone;

    Waiting(Vertx vertx, HttpServerRequest request, CallId id) {
      this.vertx = vertx;
      this.request = request;
      this.id = id;
      this.watcher = Wakening.on(vertx.getOrCreateContext(), this::look);
    }

    void look() {
      CallBook.Standing standing = book.standing(id);
      if (isDone) {
        return;
      }
      if (standing == CallBook.Standing.HELD) {
        done();
        streams.call(vertx, request, id, lastId(request));
      } else if (standing == CallBook.Standing.FORGOTTEN) {
        giveUp(standing);
      } else if (timer == null) {
        timer = vertx.setTimer(patience.toMillis(), _ -> giveUp(book.standing(id)));
        request.response().closeHandler(_ -> abandon());
        book.watch(watcher);
        look();
      }
    }

    private void giveUp(CallBook.Standing standing) {
      if (!isDone) {
        done();
        streams.giveBack();
        refuseUnknown(request, standing);
      }
    }

    private void abandon() {
      if (!isDone) {
        done();
        streams.giveBack();
      }
    }

    private void done() {
      isDone = true;
      book.unwatch(watcher);
      if (timer != null) {
        vertx.cancelTimer(timer);
      }
    }
  }

  private static long lastId(HttpServerRequest request) {
    String last = request.getHeader("Last-Event-ID");
    return last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
  }

  private static void refuseUnknown(HttpServerRequest request, CallBook.Standing standing) {
    if (standing == CallBook.Standing.FORGOTTEN) {
      refuse(
          request,
          404,
          "call_forgotten",
          "This call is not held any more: there were too many after it. Its records are on the log.");
    } else {
      refuse(
          request,
          404,
          "no_such_call",
          "No such call is known; one that has just begun is in a second: ask again.");
    }
  }

  private static void reply(HttpServerRequest request, Object json) {
    var _ =
        request
            .response()
            .putHeader("content-type", "application/json")
            .putHeader("cache-control", "no-store")
            .end(json.toString());
  }

  static void refuse(HttpServerRequest request, int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", message);
    HttpServerResponse response = request.response().setStatusCode(status);
    if (status == 429) {
      response.putHeader("retry-after", "60");
    }
    if (status == 401) {
      response.putHeader("www-authenticate", "Bearer");
    }
    reply(request, body);
  }
}
