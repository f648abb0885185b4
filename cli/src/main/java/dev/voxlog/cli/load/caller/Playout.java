package dev.voxlog.cli.load.caller;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The carrier's playback buffer as bare time: what was sent is played in order and in real time,
/// marks come back once what is before them has been played or cleared. Times are nanoseconds of
/// one clock. Confined to one thread.
final class Playout {
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long endsAt;
  private boolean hasPlayed;

  private record Mark(String name, long at) {}

  /// Takes audio of this length; gives for how long there was nothing to play before it, 0 if there
  /// was, or if it is the first.
  long receive(long now, long nanos) {
    long dry = hasPlayed ? Math.max(0, now - endsAt) : 0;
    endsAt = Math.max(endsAt, now) + nanos;
    hasPlayed = true;
    return dry;
  }

  void mark(String name, long now) {
    marks.add(new Mark(name, Math.max(endsAt, now)));
  }

  /// Drops what has not been played.
  void clear(long now) {
    endsAt = Math.min(endsAt, now);
    List<Mark> cleared = List.copyOf(marks);
    marks.clear();
    cleared.forEach(each -> marks.add(new Mark(each.name(), Math.min(each.at(), now))));
  }

  /// The marks that are to be returned by now.
  List<String> passed(long now) {
    if (marks.isEmpty() || marks.peek().at() > now) {
      return List.of();
    }
    List<String> names = new ArrayList<>(2);
    while (!marks.isEmpty() && marks.peek().at() <= now) {
      names.add(marks.remove().name());
    }
    return names;
  }

  boolean isPlaying(long now) {
    return endsAt > now;
  }

  /// When what has come so far has been played.
  long endsAt() {
    return endsAt;
  }
}
