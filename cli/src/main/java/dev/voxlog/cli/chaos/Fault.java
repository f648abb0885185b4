package dev.voxlog.cli.chaos;

import java.time.Duration;
import java.time.Instant;

/// What is done to one process of a stage or to one broker, `at` so long after the calls began;
/// `pause` is how long a paused one stands still.
record Fault(int number, String victim, int instance, Kind kind, Duration at, Duration pause) {

  /// The ways in which a process goes.
  enum Kind {
    /// SIGKILL.
    KILL,
    /// SIGTERM.
    TERM,
    /// SIGSTOP, and SIGCONT after a while.
    PAUSE
  }

  /// A fault that was done: `struck` is when, `back` when nothing of its kind was missing any more.
  record Done(Fault fault, Instant struck, Instant back) {}
}
