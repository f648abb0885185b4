package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits what has changed since the last commit. A commit that fails is made again with the next
/// one. The metadata of `calls` is for the next owner, that of the other inputs tells everybody how
/// far the stage is.
///
/// Confined to the poll thread: the client calls back within its polls.
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);
  private static final Duration LAST = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicCatalogue topics;
  private final Supplier<Duration> engineWait;
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private long round;

  /// `engineWait` is how long work waits for an engine at the moment.
  Commits(Consumer<byte[], byte[]> consumer, TopicCatalogue topics, Supplier<Duration> engineWait) {
    this.consumer = consumer;
    this.topics = topics;
    this.engineWait = engineWait;
  }

  void commit(Map<Integer, PartitionSession> sessions) {
    Map<TopicPartition, OffsetAndMetadata> changed = changed(sessions);
    if (!changed.isEmpty()) {
      committed.putAll(changed);
      consumer.commitAsync(changed, (_, problem) -> done(changed, problem));
    }
  }

  private void done(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception problem) {
    if (problem != null) {
      log.debug("commit put off: {}", problem.toString());
      committed.entrySet().removeIf(entry -> entry.getValue().equals(offsets.get(entry.getKey())));
    }
  }

  /// Commits and waits for it, since the partitions are about to go. Failing is no harm: more is
  /// read again.
  void finish(Map<Integer, PartitionSession> sessions) {
    Map<TopicPartition, OffsetAndMetadata> changed = changed(sessions);
    for (int tries = 0; !changed.isEmpty() && tries < 2; tries++) {
      try {
        consumer.commitSync(changed, LAST);
        committed.putAll(changed);
        return;
      } catch (WakeupException e) {
        log.trace("woken up while committing: once more");
      } catch (RuntimeException e) {
        log.warn("could not commit before the partitions went: {}", e.toString());
        return;
      }
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> changed(Map<Integer, PartitionSession> sessions) {
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    Duration wait = engineWait.get();
    round++;
    sessions.forEach((partition, session) -> {
      PartitionSession.Progress progress = session.progress();
      String note = progress.note().encode();
      progress
          .bounds()
          .forEach((topic, offset) -> {
            TopicPartition of = new TopicPartition(topics.name(topic), partition);
            long readTo = session.position(topic).orElse(offset);
            OffsetAndMetadata next =
                new OffsetAndMetadata(
                    offset,
                    topic == Topic.CALLS ? note : ReadNote.of(readTo, wait, round).encode());
            if (!next.equals(committed.get(of))) {
              changed.put(of, next);
            }
          });
    });
    return changed;
  }

  void forget(Collection<TopicPartition> gone) {
    committed.keySet().removeAll(gone);
  }
}
