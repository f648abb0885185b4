package dev.voxlog.cli.chaos;

import java.time.Duration;

/// Processes of one kind, that faults are done to. Each method returns when all of them are there
/// again; one at a time.
interface Victims {
  int count();

  /// Waits until nothing is missing of what an earlier fault took.
  void awaitWhole() throws InterruptedException;

  /// SIGKILL to one, which is followed by another.
  void kill(int instance) throws InterruptedException;

  /// SIGTERM to one, which is followed by another.
  void term(int instance) throws InterruptedException;

  /// SIGSTOP to one, and SIGCONT after so long.
  void pause(int instance, Duration pause) throws InterruptedException;
}
