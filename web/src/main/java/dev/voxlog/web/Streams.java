package dev.voxlog.web;

import dev.voxlog.schemas.CallId;
import dev.voxlog.web.CallBook.Row;
import dev.voxlog.web.EventStream.Event;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The open streams of events, and what they are made of. Safe from any thread.
final class Streams {
  private static final int AT_ONCE = 64;

  private final CallBook book;
  private final InstantSource clock;
  private final WebMetrics metrics;
  private final Limits limits;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  /// How many streams are open at most, their pace, and how long late records of an ended call are
  /// waited for.
  record Limits(int streams, EventStream.Pace pace, Duration grace) {
    static final Limits USUAL = new Limits(200, EventStream.Pace.USUAL, Duration.ofSeconds(3));
  }

  Streams(CallBook book, InstantSource clock, WebMetrics metrics, Limits limits) {
    this.book = book;
    this.clock = clock;
    this.metrics = metrics;
    this.limits = limits;
  }

  /// False if too many are open.
  boolean take() {
    return metrics.opens(limits.streams());
  }

  /// Gives back what was taken without being used.
  void giveBack() {
    metrics.closes();
  }

  /// All of a call's events after that number, then live. What is open must have been taken.
  void call(Vertx vertx, HttpServerRequest request, CallId call, long last) {
    begin(vertx, request, new OfCall(call, book.resume(call, last)));
  }

  /// The newest calls, then each that begins, changes or ends.
  void calls(Vertx vertx, HttpServerRequest request, int limit) {
    begin(vertx, request, new OfCalls(book.rows(limit).reversed()));
  }

  private void begin(Vertx vertx, HttpServerRequest request, Watching source) {
    EventStream stream = EventStream.begin(vertx, request, source, limits.pace());
    source.follow(stream);
  }

  /// Ends them all; their clients may go on elsewhere.
  void close() {
    open.forEach(EventStream::leave);
  }

  /// A source that wakes its stream when something has changed.
  private abstract class Watching implements EventStream.Source {
    private @Nullable EventStream stream;
    private @Nullable Runnable watcher;
    private boolean isClosed;

    void follow(EventStream followed) {
      if (isClosed) {
        return;
      }
      stream = followed;
      watcher = followed::wake;
      open.add(followed);
      book.watch(watcher);
      followed.wake();
    }

    @Override
    public void closed(boolean isSlow) {
      isClosed = true;
      if (watcher != null && stream != null) {
        book.unwatch(watcher);
        open.remove(stream);
      }
      if (isSlow) {
        metrics.count("slow-reader");
      }
      metrics.closes();
    }
  }

  private final class OfCall extends Watching {
    private final CallId call;
    private long last;
    private Optional<Duration> endsIn = Optional.empty();

    OfCall(CallId call, long last) {
      this.call = call;
      this.last = last;
    }

    @Override
    public List<Event> next() {
      CallBook.Batch batch = book.after(call, last, AT_ONCE).orElse(null);
      if (batch == null) {
        endsIn = Optional.of(Duration.ZERO);
        return List.of();
      }
      endsIn =
          Optional.ofNullable(batch.endedSince())
              .map(since -> Duration.between(clock.instant(), since.plus(limits.grace())));
      if (!batch.entries().isEmpty()) {
        last = batch.entries().getLast().id();
      }
      return batch.entries().stream()
          .map(entry -> new Event(entry.id(), entry.news().name(), entry.json()))
          .toList();
    }

    @Override
    public Optional<Duration> endsIn() {
      return endsIn;
    }
  }

  private final class OfCalls extends Watching {
    private List<Row> first;
    private long last;

    OfCalls(List<Row> first) {
      this.first = first;
      this.last = first.stream().mapToLong(Row::revision).max().orElse(0);
    }

    @Override
    public List<Event> next() {
      List<Row> rows = first.isEmpty() ? book.changes(last, AT_ONCE) : first;
      if (first.isEmpty() && !rows.isEmpty()) {
        last = rows.getLast().revision();
      }
      first = List.of();
      return rows.stream().map(row -> new Event(null, "call", row.json())).toList();
    }

    @Override
    public Optional<Duration> endsIn() {
      return Optional.empty();
    }
  }
}
