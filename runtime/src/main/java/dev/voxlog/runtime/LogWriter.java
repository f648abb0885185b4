package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Appends to the log, from any thread. A failure comes as the future's, never as an exception.
interface LogWriter extends AutoCloseable {

  /// Appends a call's record; gives its offset once the broker has it.
  CompletableFuture<Long> write(
      Topic topic, int partition, CallId call, VoxEvent event, Origin origin);

  /// Appends a keyless owner marker to a given partition; `epoch` is [WireHeaders#NO_EPOCH] where
  /// the marker's own offset becomes it.
  CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch);

  /// Puts what could not be read or handled aside, once per call and reason; done once the broker
  /// has it. Never makes the caller wait.
  CompletableFuture<Void> deadLetter(DeadLetter letter);

  @Override
  void close();

  /// Whether a write failed for what is in the record: another record of the same call could be
  /// written at the same moment.
  static boolean isOfTheRecord(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof SerializationException
        || failure instanceof IllegalArgumentException
        || failure instanceof NullPointerException
        || failure instanceof ClassCastException;
  }

  /// Where a record comes from: the writer's epoch, the input that led to it, the next offsets of
  /// the other inputs, and the trace it belongs to.
  record Origin(
      long epoch,
      WireHeaders.@Nullable Cause cause,
      Map<Topic, Long> seen,
      @Nullable String traceparent) {}

  /// A record that went wrong, as it was. `reason` is one of a few words that logs and metrics may
  /// carry; `detail` says more or is empty, and may quote the record: it lies with it, nowhere
  /// else.
  record DeadLetter(
      WireHeaders.Cause origin,
      @Nullable CallId call,
      byte @Nullable [] key,
      byte @Nullable [] raw,
      String reason,
      String detail) {

    String label() {
      return detail.isEmpty() ? reason : reason + ": " + detail;
    }
  }
}
