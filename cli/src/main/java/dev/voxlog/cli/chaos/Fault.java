package dev.voxlog.cli.chaos;

import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.time.Instant;

/// What is done to one instance of a stage, `at` so long after the calls began; `pause` is how long
/// a paused one stands still.
record Fault(int number, StageName stage, int instance, Kind kind, Duration at, Duration pause) {

  /// The ways in which a process goes.
  enum Kind {
    /// SIGKILL.
    KILL,
    /// SIGTERM.
    TERM,
    /// SIGSTOP, and SIGCONT after a while.
    PAUSE
  }

  /// A fault that was done: `struck` is when, `back` when the stage had all its instances again.
  record Done(Fault fault, Instant struck, Instant back) {}
}
