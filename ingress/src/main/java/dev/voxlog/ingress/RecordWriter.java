package dev.voxlog.ingress;

import dev.voxlog.schemas.VoxEvent;

/// Appends ingress's records to the log without ever blocking.
interface RecordWriter extends AutoCloseable {
  /// Appends in the order of the calls for one call's audio, marks and end. `attach` is the
  /// record's epoch. `lost` runs, on any thread, if the log does not take it.
  void write(VoxEvent event, int attach, Runnable lost);

  /// Whether the log took the latest records.
  boolean isHealthy();

  /// Waits a moment for what was written last.
  @Override
  void close();
}
