package dev.voxlog.cli.call;

import dev.voxlog.analytics.LogRecord;
import java.util.List;

/// Gives the call's records so far, in log order within each topic.
interface RecordSource {
  /// Of a call whose log cannot be read.
  RecordSource NONE =
      new RecordSource() {
        @Override
        public List<LogRecord<?>> records() {
          return List.of();
        }

        @Override
        public boolean isReadable() {
          return false;
        }
      };

  List<LogRecord<?>> records();

  default boolean isReadable() {
    return true;
  }
}
