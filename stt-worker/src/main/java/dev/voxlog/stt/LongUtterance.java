package dev.voxlog.stt;

import dev.voxlog.audio.Levels;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last windows of an utterance, to find the place where it hurts least to cut it.
final class LongUtterance {
  /// Two seconds hold a breath or at least a plosive of almost any speaker.
  private static final int KEPT = 62;

  private final AudioTape tape;
  private final int window;
  private final Deque<Intake.Window> windows = new ArrayDeque<>();

  /// `window` is in samples.
  LongUtterance(AudioTape tape, int window) {
    this.tape = tape;
    this.window = window;
  }

  void clear() {
    windows.clear();
  }

  void note(Intake.Window heard) {
    windows.add(heard);
    if (windows.size() > KEPT) {
      windows.remove();
    }
  }

  /// The end of the quietest window, `now` if there are none.
  long quietest(long now) {
    long place = now;
    double least = Double.POSITIVE_INFINITY;
    for (Intake.Window each : windows) {
      long end = each.start() + window;
      double level = Levels.rmsDbfs(tape.between(each.start(), end));
      if (level < least) {
        least = level;
        place = end;
      }
    }
    return place;
  }

  /// The windows from `place` on.
  List<Intake.Window> after(long place) {
    return windows.stream().filter(each -> each.start() >= place).toList();
  }
}
