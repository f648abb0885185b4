package dev.voxlog.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client's stream of server-sent events. It takes from its source no faster than the client
/// reads, so that nothing queues up here; who does not read for too long is cut off, and may go on
/// later where they were.
///
/// Confined to the request's event loop, but for [#wake], which may come from any thread.
final class EventStream {
  private static final int UNREAD_BYTES = 64 << 10;

  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Source source;
  private final Pace pace;
  private final Wakening wakening;
  private final long heartbeat;
  private long unwritten;
  private @Nullable Long stalled;
  private @Nullable Long ending;
  private boolean isOver;

  /// Where events come from, in order.
  interface Source {
    /// What follows what was given before; nothing if there is nothing now.
    List<Event> next();

    /// In how long nothing will follow any more; empty while that is open.
    Optional<Duration> endsIn();

    /// The stream is gone; `isSlow` because its client did not read.
    void closed(boolean isSlow);
  }

  /// An event, with a number where the client may go on after it.
  record Event(@Nullable Long id, String name, String data) {
    String text() {
      String number = id == null ? "" : "id: " + id + "\n";
      return number + "event: " + name + "\ndata: " + data + "\n\n";
    }
  }

  /// How often a sign of life is sent, and how long a client may not read.
  record Pace(Duration heartbeat, Duration unread) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  private EventStream(Vertx vertx, HttpServerRequest request, Source source, Pace pace) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.request = request;
    this.response = request.response();
    this.source = source;
    this.pace = pace;
    this.wakening = Wakening.on(context, this::pump);
    this.heartbeat = vertx.setPeriodic(pace.heartbeat().toMillis(), _ -> beat());
  }

  /// Begins on the request's event loop.
  static EventStream begin(Vertx vertx, HttpServerRequest request, Source source, Pace pace) {
    EventStream stream = new EventStream(vertx, request, source, pace);
    stream.begin();
    return stream;
  }

  private void begin() {
    letBeQuiet(request);
    response
        .putHeader("connection", "close")
        .setChunked(true)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no");
    response.closeHandler(_ -> over(false));
    response.exceptionHandler(_ -> over(false));
    write(": .\n\n");
    pump();
  }

  /// A client of a stream has nothing to say: the server's limit for quiet connections is not meant
  /// for it. What has died is noticed when what is written does not get through.
  private static void letBeQuiet(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection
        && connection.channel().pipeline().get("idle") != null) {
      connection.channel().pipeline().remove("idle");
    }
  }

  /// There may be something to send.
  void wake() {
    wakening.run();
  }

  /// Ends the stream at once; the client may go on elsewhere.
  void leave() {
    context.runOnContext(_ -> {
      if (!isOver) {
        over(false);
        var _ = response.end();
      }
    });
  }

  private void pump() {
    while (!isOver && unwritten <= UNREAD_BYTES) {
      List<Event> events = source.next();
      if (events.isEmpty()) {
        source.endsIn().ifPresent(this::endIn);
        return;
      }
      StringBuilder text = new StringBuilder();
      events.forEach(event -> text.append(event.text()));
      write(text.toString());
    }
    if (!isOver && stalled == null) {
      stalled = vertx.setTimer(pace.unread().toMillis(), _ -> cutOff());
    }
  }

  /// What has not reached the client's socket is counted here: the response's own write queue does
  /// not tell.
  private void write(String text) {
    unwritten += text.length();
    var _ = response.write(text).onComplete(_ -> written(text.length()));
  }

  private void written(int length) {
    unwritten -= length;
    if (stalled != null && unwritten <= UNREAD_BYTES) {
      vertx.cancelTimer(stalled);
      stalled = null;
      pump();
    }
  }

  private void endIn(Duration left) {
    if (!left.isPositive()) {
      over(false);
      var _ = response.end(new Event(null, "end", "{}").text());
    } else if (ending == null) {
      ending =
          vertx.setTimer(
              left.toMillis() + 1,
              _ -> {
                ending = null;
                pump();
              });
    }
  }

  private void beat() {
    if (!isOver && unwritten == 0) {
      write(": .\n\n");
    }
  }

  private void cutOff() {
    over(true);
    var _ = response.reset();
  }

  private void over(boolean isSlow) {
    if (isOver) {
      return;
    }
    isOver = true;
    vertx.cancelTimer(heartbeat);
    if (stalled != null) {
      vertx.cancelTimer(stalled);
    }
    if (ending != null) {
      vertx.cancelTimer(ending);
    }
    source.closed(isSlow);
  }
}
