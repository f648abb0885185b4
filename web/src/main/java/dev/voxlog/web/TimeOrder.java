package dev.voxlog.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Puts what comes from several sources, each in its own order, into the order of time, so that a
/// call of long ago is told as it went. Confined to one thread.
final class TimeOrder<S, R> {
  private final Map<S, Deque<Timed<R>>> queues = new HashMap<>();

  private record Timed<R>(long time, R what) {}

  void begin(Iterable<S> sources) {
    sources.forEach(source -> queues.computeIfAbsent(source, _ -> new ArrayDeque<>()));
  }

  void add(S source, long time, R what) {
    queues.computeIfAbsent(source, _ -> new ArrayDeque<>()).add(new Timed<>(time, what));
  }

  int waiting(S source) {
    Deque<Timed<R>> queue = queues.get(source);
    return queue == null ? 0 : queue.size();
  }

  /// Gives what is due: the earliest, for as long as no source is empty of which `isAwaited` says
  /// that something earlier may still come.
  void drain(Predicate<S> isAwaited, Consumer<R> taker) {
    while (true) {
      Deque<Timed<R>> earliest = null;
      for (Map.Entry<S, Deque<Timed<R>>> each : queues.entrySet()) {
        Deque<Timed<R>> queue = each.getValue();
        if (queue.isEmpty()) {
          if (isAwaited.test(each.getKey())) {
            return;
          }
        } else if (earliest == null || queue.element().time() < earliest.element().time()) {
          earliest = queue;
        }
      }
      if (earliest == null) {
        return;
      }
      taker.accept(earliest.remove().what());
    }
  }
}
