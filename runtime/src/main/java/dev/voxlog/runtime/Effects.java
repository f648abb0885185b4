package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/// All that a step may do to the world. Calls return at once; answers come back as [Input]s to the
/// same call.
public interface Effects {

  /// How long an engine is waited for, its wait for a thread included, unless a request says
  /// otherwise.
  Duration PATIENCE = Duration.ofSeconds(30);

  /// The injected clock.
  Instant now();

  /// Writes a record, once per identity: one that is already in the log is skipped.
  void emit(VoxEvent event);

  /// Runs blocking or computing work on the process's engine pool, most urgent first, and waits for
  /// it with [#PATIENCE]. At most one request per key: a new one with the same key cancels the
  /// earlier, whose answer is then never delivered.
  default void ask(String key, Urgency urgency, Work<?> work) {
    ask(key, urgency, PATIENCE, work);
  }

  /// The same with a time of its own: what has not answered `within` it is cancelled and has
  /// [Input.Failed] with a [java.util.concurrent.TimeoutException]; a later answer is dropped.
  void ask(String key, Urgency urgency, Duration within, Work<?> work);

  /// Waits for work that runs elsewhere (an event loop, a batching thread), as long as that takes.
  void await(String key, CompletionStage<?> answer);

  /// The same, but what has not answered `within` this time has failed as an ask has.
  void await(String key, Duration within, CompletionStage<?> answer);

  /// Answers `key` with `true` once every record emitted so far is acknowledged. What must not
  /// happen before it is in the log, such as a tool call, waits for this.
  void written(String key);

  /// Cancels a request; its answer is not delivered.
  void cancel(String key);

  /// Sets, or sets again, a timer on the injected clock.
  void timer(String key, Duration after);

  void cancelTimer(String key);

  /// The step as it is now needs no records of `topic` before `offset`, whatever it has handled.
  /// Holds with the next checkpoint: whoever goes on from that is given the records from there.
  void safePoint(Topic topic, long offset);

  /// Whether work that is only ahead of its time is to be left out, because what callers wait for
  /// waits already; counted under what the `work` is called. It may be asked for again later.
  boolean leavesOut(String work);

  /// The epoch under which this stage owns the call's partition.
  long epoch();

  /// True while the broker has confirmed the group membership recently enough that no successor can
  /// be at work yet.
  boolean isOwnershipConfirmed();

  /// Writes an ERROR record of this stage for the call, and counts it. `detail` must hold no caller
  /// content.
  void error(String reason, String detail);

  /// The call is over for this stage: its state is dropped and later records of it are ignored.
  void end();

  /// Work for the engine pool.
  @FunctionalInterface
  interface Work<T> {
    T run(Cancellation cancellation) throws Exception;
  }

  /// Which work goes first when all threads are busy.
  enum Urgency {
    FIRST_CLAUSE,
    FINAL_DECODE,
    NORMAL,
    INTERIM
  }
}
