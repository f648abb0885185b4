package dev.voxlog.ingress;

import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;

/// Appends ingress's records to the log without ever blocking.
interface RecordWriter extends AutoCloseable {
  /// Appends in the order of the calls: one call's audio, and one call's facts. `attach` is the
  /// record's epoch.
  void write(VoxEvent event, int attach, Outcome outcome);

  /// Hears, on any thread, whether the log has taken a record.
  @FunctionalInterface
  interface Outcome {
    void known(boolean isWritten);

    /// Hears of losses alone.
    static Outcome ifLost(Runnable lost) {
      return isWritten -> {
        if (!isWritten) {
          lost.run();
        }
      };
    }
  }

  /// For how long the log has owed an answer, zero if it owes none.
  Duration silence();

  /// Whether the log took the latest records.
  boolean isHealthy();

  /// Waits a moment for what was written last.
  @Override
  void close();
}
