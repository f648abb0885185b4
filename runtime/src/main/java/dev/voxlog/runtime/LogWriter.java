package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Appends to the log without ever blocking the caller.
public interface LogWriter extends AutoCloseable {

  /// Appends a call's record; gives its offset once the broker has it.
  CompletableFuture<Long> write(
      Topic topic, int partition, CallId call, VoxEvent event, Origin origin);

  /// Appends a keyless owner marker to a given partition.
  CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch);

  /// Puts what could not be read or handled aside, once per call and reason.
  void deadLetter(DeadLetter letter);

  /// Waits until everything written so far is acknowledged or has failed.
  void flush();

  @Override
  void close();

  /// Where a record comes from: the writer's epoch, the input that led to it, and the next offsets of the other inputs.
  record Origin(
      long epoch,
      CallActor.@Nullable Arrival cause,
      long @Nullable [] seen,
      Set<Topic> inputs) {}

  /// A record that went wrong, as it was.
  record DeadLetter(
      Topic topic, int partition, long offset, @Nullable CallId call, byte[] raw, String reason) {}
}
