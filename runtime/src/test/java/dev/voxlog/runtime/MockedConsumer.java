package dev.voxlog.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;

/// Kafka's own mock, which does not busy itself while there is nothing, does what a test wants
/// within its polls as a real consumer does, and remembers every commit.
final class MockedConsumer extends MockConsumer<byte[], byte[]> {
  final AtomicInteger rounds = new AtomicInteger();
  final AtomicLong heartbeats = new AtomicLong();
  final AtomicInteger cutShort = new AtomicInteger();
  final AtomicInteger failingCommits = new AtomicInteger();
  final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private final Map<TopicPartition, Long> given = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  volatile Set<TopicPartition> seenPaused = Set.of();
  volatile boolean isCutShort;

  MockedConsumer() {
    super("earliest");
  }

  void onPoll(Runnable task) {
    tasks.add(task);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    LockSupport.parkNanos(1_000_000);
    if (isCutShort) {
      cutShort.incrementAndGet();
      throw new WakeupException();
    }
    seenPaused = Set.copyOf(paused());
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    rounds.incrementAndGet();
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    for (TopicPartition partition : records.partitions()) {
      given.put(partition, records.records(partition).getLast().offset() + 1);
    }
    return records;
  }

  @Override
  public synchronized void addRecord(ConsumerRecord<byte[], byte[]> record) {
    log.add(record);
    super.addRecord(record);
  }

  /// The mock forgets what it has given out once; a log does not.
  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    long position = given.getOrDefault(partition, 0L);
    super.seek(partition, offset);
    for (ConsumerRecord<byte[], byte[]> record : log) {
      boolean isOfPartition =
          record.topic().equals(partition.topic()) && record.partition() == partition.partition();
      if (isOfPartition && record.offset() >= offset && record.offset() < position) {
        super.addRecord(record);
      }
    }
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    if (failingCommits.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      callback.onComplete(offsets, new RebalanceInProgressException());
      return;
    }
    commits.add(Map.copyOf(offsets));
    super.commitAsync(offsets, callback);
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    commits.add(Map.copyOf(offsets));
    super.commitSync(offsets, timeout);
  }
}
