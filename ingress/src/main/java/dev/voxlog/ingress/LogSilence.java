package dev.voxlog.ingress;

import java.time.Duration;
import java.util.function.LongSupplier;

/// For how long the log has owed an answer: since the first record that it has not acknowledged, or
/// since its last acknowledgement. A record that is given up is no answer. Safe from any thread.
final class LogSilence {
  private final LongSupplier nanos;
  private long since;
  private int unanswered;
  private boolean isOwing;

  /// `nanos` is the monotonic clock.
  LogSilence(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// A record is on its way.
  synchronized void asked() {
    unanswered++;
    if (!isOwing) {
      isOwing = true;
      since = nanos.getAsLong();
    }
  }

  /// What became of a record is known.
  synchronized void answered(boolean isWritten) {
    unanswered--;
    if (isWritten) {
      isOwing = unanswered > 0;
      since = nanos.getAsLong();
    }
  }

  synchronized Duration length() {
    return isOwing ? Duration.ofNanos(nanos.getAsLong() - since) : Duration.ZERO;
  }
}
