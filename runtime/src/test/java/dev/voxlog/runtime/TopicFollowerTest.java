package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicFollowerTest {
  private static final TopicPartition PARTITION = new TopicPartition("calls", 0);

  private final List<Long> read = new CopyOnWriteArrayList<>();
  private final AtomicInteger polls = new AtomicInteger();

  /// A topic with so many records, all given by the first poll.
  private MockConsumer<byte[], byte[]> consumer(int records) {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (polls.getAndIncrement() == 0) {
              for (int i = 0; i < records; i++) {
                addRecord(new ConsumerRecord<>("calls", 0, i, new byte[0], new byte[0]));
              }
            }
            return super.poll(timeout);
          }
        };
    consumer.updatePartitions("calls", List.of(new PartitionInfo("calls", 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) records));
    return consumer;
  }

  private TopicFollower follower(int records) {
    return new TopicFollower(
        "follower",
        () -> consumer(records),
        List.of("calls"),
        null,
        new TopicFollower.Reader() {
          @Override
          public void read(ConsumerRecord<byte[], byte[]> record) {
            read.add(record.offset());
          }

          @Override
          public Duration rest() {
            return Duration.ofHours(1);
          }
        });
  }

  @Test
  void afterAPollThatFoundLittleNothingIsReadForAWhileAndClosingDoesNotWaitForThat()
      throws Exception {
    try (TopicFollower follower = follower(1)) {
      follower.start();
      follower.awaitCaughtUp(Duration.ofSeconds(30));
      await().during(Duration.ofMillis(300)).until(() -> polls.get() == 1);
    }
    assertThat(read).containsExactly(0L);
  }

  @Test
  void whereMuchWasFoundThereMayBeMoreAndItIsReadAtOnce() throws Exception {
    try (TopicFollower follower = follower(150)) {
      follower.start();
      await().until(() -> polls.get() > 1);
      assertThat(read).hasSize(150);
    }
  }
}
