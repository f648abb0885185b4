package dev.voxlog.runtime;

import dev.voxlog.schemas.CallerAudio;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How much of a call waits in its mailbox, in media time, and what is left out once that is too
/// much.
///
/// Threads: arrivals are admitted by the poll thread and taken in the mailbox; only the counter is
/// shared.
final class MailboxLoad {
  private static final int MANY_MESSAGES = 1_000;

  private final long boundMs;
  private final AtomicLong waitingMs = new AtomicLong();
  private CallerAudio.@Nullable Frame firstLeftOut;
  private boolean isOver;

  MailboxLoad(Duration bound) {
    this.boundMs = bound.toMillis();
  }

  /// What becomes of an arrival.
  sealed interface Admission {
    record Admitted() implements Admission {}

    /// Admitted, after audio that was left out.
    record AfterGap(CallerAudio.Gap gap) implements Admission {}

    /// Left out; `isFirst` of a stretch.
    record LeftOut(boolean isFirst) implements Admission {}
  }

  private static final Admission ADMITTED = new Admission.Admitted();

  /// From the poll thread. Audio is left out from the bound on until half of what waits has been
  /// handled.
  Admission admit(Arrival arrival, int messages, Instant now) {
    long waiting = waitingMs.get();
    isOver = isOver ? waiting > boundMs / 2 : waiting >= boundMs;
    if (arrival.isProvisional()) {
      return isOver || messages > MANY_MESSAGES ? new Admission.LeftOut(false) : ADMITTED;
    }
    if (arrival.event() instanceof CallerAudio.Frame frame && isOver) {
      boolean isFirst = firstLeftOut == null;
      firstLeftOut = isFirst ? frame : firstLeftOut;
      return new Admission.LeftOut(isFirst);
    }
    waitingMs.addAndGet(arrival.audioMs());
    CallerAudio.Frame gone = firstLeftOut;
    if (gone == null || !(arrival.event() instanceof CallerAudio next)) {
      return ADMITTED;
    }
    firstLeftOut = null;
    Long durationMs = next.attach() == gone.attach() ? next.mediaMs() - gone.mediaMs() : null;
    return new Admission.AfterGap(
        new CallerAudio.Gap(
            gone.callId(),
            now,
            gone.attach(),
            gone.sequence(),
            gone.mediaMs(),
            durationMs,
            "overload"));
  }

  /// In the mailbox, when the arrival's turn has come.
  void taken(Arrival arrival) {
    waitingMs.addAndGet(-arrival.audioMs());
  }

  long waitingMs() {
    return waitingMs.get();
  }
}
