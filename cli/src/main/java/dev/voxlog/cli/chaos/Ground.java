package dev.voxlog.cli.chaos;

import java.nio.file.Path;

/// What the stages of a chaos run stand on: brokers and a registry, with the agent published.
interface Ground extends AutoCloseable {
  /// The settings with which workers, and readers of the log, find it.
  Path settings();

  /// Whether all of it still runs.
  boolean isAlive();

  @Override
  void close();
}
