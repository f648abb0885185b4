package dev.voxlog.web;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.schemas.CallId;
import dev.voxlog.web.HeldCall.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The calls that are held, within bounds: over them go first those whose beginning was not read,
/// then those that ended, the oldest first, then the oldest.
///
/// One thread reads the log into it; any thread asks, and waits for nothing but a short lock.
/// Watchers are woken on the reader's thread and must not block it.
final class CallBook {
  private static final int MOST_FORGOTTEN = 10_000;

  private final Bounds bounds;
  private final InstantSource clock;

  /// Numbers of a process that starts later are higher, so that a client that comes back to another
  /// one, which numbers otherwise, is told all from the beginning.
  private final long base;

  private final Map<CallId, HeldCall> calls = new LinkedHashMap<>();
  private final Map<CallId, Boolean> forgotten = new LinkedHashMap<>();
  private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
  private long bytes;
  private long revision;
  private long told;

  /// How many calls are held, and how many bytes of one and of all, by estimate.
  record Bounds(int calls, long bytesPerCall, long bytes) {
    static Bounds of(int calls) {
      return new Bounds(calls, 2L << 20, 64L << 20);
    }
  }

  enum Standing {
    HELD,
    /// It was held and had to go.
    FORGOTTEN,
    UNKNOWN
  }

  /// A call as the list shows it.
  record Row(CallId call, long revision, String json) {}

  /// What follows some number, and since when the call is over, if it is.
  record Batch(List<Entry> entries, @Nullable Instant endedSince) {}

  CallBook(Bounds bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.base = clock.instant().getEpochSecond() << 20;
  }

  /// The next record of the log. The reader's thread.
  void take(CallId id, LogRecord<?> record) {
    HeldCall call;
    synchronized (calls) {
      if (forgotten.containsKey(id)) {
        return;
      }
      call = calls.computeIfAbsent(id, HeldCall::new);
    }
    List<News> news = call.story.take(record);
    synchronized (calls) {
      bytes -= call.bytes();
      news.forEach(each ->
          call.add(new Entry(base + ++told, each, each.data().toString()), bounds.bytesPerCall()));
      bytes += call.bytes();
      if (call.summarise(clock.instant())) {
        call.revised(++revision);
      }
      keepBounds();
    }
    if (!news.isEmpty()) {
      watchers.forEach(Runnable::run);
    }
  }

  private void keepBounds() {
    while (calls.size() > bounds.calls() || bytes > bounds.bytes() && calls.size() > 1) {
      HeldCall least = Collections.min(calls.values(), Comparator.comparingInt(CallBook::worth));
      calls.remove(least.id);
      bytes -= least.bytes();
      forgotten.put(least.id, true);
      if (forgotten.size() > MOST_FORGOTTEN) {
        forgotten.remove(forgotten.keySet().iterator().next());
      }
    }
  }

  /// Of equals the first, which came first, is the least.
  private static int worth(HeldCall call) {
    return call.row() == null ? 0 : call.endedSince() != null ? 1 : 2;
  }

  Standing standing(CallId id) {
    synchronized (calls) {
      HeldCall call = calls.get(id);
      if (call != null && call.row() != null) {
        return Standing.HELD;
      }
      return forgotten.containsKey(id) ? Standing.FORGOTTEN : Standing.UNKNOWN;
    }
  }

  /// The newest first.
  List<Row> rows(int limit) {
    synchronized (calls) {
      return calls.values().stream()
          .filter(call -> call.row() != null)
          .sorted(Comparator.comparing(HeldCall::startedAt).reversed())
          .limit(limit)
          .map(CallBook::row)
          .toList();
    }
  }

  /// What has changed since that revision, in this order.
  List<Row> changes(long since, int limit) {
    synchronized (calls) {
      return calls.values().stream()
          .filter(call -> call.revision() > since)
          .sorted(Comparator.comparingLong(HeldCall::revision))
          .limit(limit)
          .map(CallBook::row)
          .toList();
    }
  }

  private static Row row(HeldCall call) {
    return new Row(call.id, call.revision(), String.valueOf(call.row()));
  }

  /// Where a client goes on that was told up to that number: there, or, if the number is none of
  /// ours, from the beginning.
  long resume(CallId id, long last) {
    synchronized (calls) {
      HeldCall call = calls.get(id);
      return call != null && call.covers(last) ? last : 0;
    }
  }

  /// Empty if the call is not held.
  Optional<Batch> after(CallId id, long number, int most) {
    synchronized (calls) {
      return Optional.ofNullable(calls.get(id))
          .map(call -> new Batch(call.after(number, most), call.endedSince()));
    }
  }

  /// Runs `watcher` after every change until it is taken back.
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  int calls() {
    synchronized (calls) {
      return calls.size();
    }
  }

  long bytes() {
    synchronized (calls) {
      return bytes;
    }
  }
}
