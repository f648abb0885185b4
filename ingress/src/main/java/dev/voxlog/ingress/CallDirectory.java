package dev.voxlog.ingress;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The calls of the whole estate, whichever node serves them, as the log tells. Futures complete on
/// any thread, and never exceptionally: when the log cannot be asked, with what is known.
interface CallDirectory extends AutoCloseable {
  /// The call as this node knows it at this moment.
  KnownCall known(CallId call);

  /// The call as of everything that is on the log now.
  CompletableFuture<KnownCall> now(CallId call);

  /// As [#now], but waits up to `patience` for the record that says how the call went on.
  CompletableFuture<KnownCall> decided(CallId call, Duration patience);

  /// Where the recorded audio of a call that was attached before ends on its media clock, when its
  /// last stream did not say so itself. That may have to be searched for in the log.
  CompletableFuture<Long> recordedEndMs(CallId call, KnownCall known);

  /// What this node has just written, before the log gives it back.
  void note(CallId call, CallEvent event);

  /// What was noted did not reach the log after all.
  void unwritten(CallId call, CallEvent event);

  /// Whether the log is still followed, be it with interruptions.
  boolean isLive();

  /// Whether the log is being read at this moment.
  boolean isHealthy();

  @Override
  void close();
}
