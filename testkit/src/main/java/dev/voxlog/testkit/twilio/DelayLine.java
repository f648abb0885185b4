package dev.voxlog.testkit.twilio;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// One direction of a line: everything comes out in order, `delay` after it went in. Confined to
/// one event loop.
final class DelayLine {
  private final Vertx vertx;
  private final long delayMs;
  private final Deque<Runnable> underway = new ArrayDeque<>();

  DelayLine(Vertx vertx, Duration delay) {
    this.vertx = vertx;
    this.delayMs = delay.toMillis();
  }

  void pass(Runnable action) {
    if (delayMs == 0) {
      action.run();
      return;
    }
    underway.add(action);
    vertx.setTimer(delayMs, _ -> underway.remove().run());
  }
}
