package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// What a new owner of partitions does before it handles an input. Used once, by one thread that
/// may block.
interface Takeover extends AutoCloseable {

  /// Takes the partitions, all together, so that each step waits for the cluster once.
  Map<Integer, Result> take(Collection<Integer> partitions)
      throws InterruptedException, ExecutionException, TimeoutException;

  @Override
  void close();

  /// What was found of one partition. `starts` are the offsets from which its inputs are to be
  /// read.
  record Result(
      long epoch,
      CommitNote note,
      Fences ownFences,
      Map<Topic, Long> markers,
      Map<Topic, Long> tails,
      Map<CallId, Restoration> calls,
      Set<CallId> ended,
      Map<Topic, Long> starts) {}
}
