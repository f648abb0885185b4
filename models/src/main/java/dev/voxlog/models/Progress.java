package dev.voxlog.models;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears, in words for a person, what the store is doing; called on the fetching thread.
@FunctionalInterface
public interface Progress {
  /// Says nothing.
  Progress SILENT = message -> {};

  void report(String message);

  /// Writes to the log at INFO.
  static Progress toLog() {
    Logger log = LoggerFactory.getLogger(ModelStore.class);
    return log::info;
  }
}
