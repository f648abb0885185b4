package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.PlainLogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallsTailTest {
  private static final CallId CALL = new CallId("twilio-CA1");
  private static final TopicPartition PARTITION = new TopicPartition("calls", 0);

  private final List<byte[]> log = new CopyOnWriteArrayList<>();
  private final List<LogConsumer> consumers = new CopyOnWriteArrayList<>();
  private final List<String> read = new CopyOnWriteArrayList<>();
  private final AwayRegistry codec = new AwayRegistry();
  private final CallsTail tail =
      new CallsTail(
          this::consumer, "calls", codec, (_, event) -> read.add(event.identity()), () -> {});

  private LogConsumer consumer() {
    LogConsumer consumer = new LogConsumer(log);
    consumers.add(consumer);
    return consumer;
  }

  /// A reader of a log with one partition, which gives a record again after a seek.
  private static final class LogConsumer extends MockConsumer<byte[], byte[]> {
    private final List<byte[]> log;

    LogConsumer(List<byte[]> log) {
      super("earliest");
      this.log = log;
      updatePartitions("calls", List.of(new PartitionInfo("calls", 0, null, null, null)));
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      for (int offset = (int) position(PARTITION); offset < log.size(); offset++) {
        addRecord(new ConsumerRecord<>("calls", 0, offset, new byte[1], log.get(offset)));
      }
      return super.poll(timeout);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> since) {
      Map<TopicPartition, OffsetAndTimestamp> none = new HashMap<>();
      since.keySet().forEach(partition -> none.put(partition, null));
      return none;
    }
  }

  /// A codec that cannot ask for schemas while its registry is away.
  private static final class AwayRegistry implements LogCodec {
    final LogCodec plain = new PlainLogCodec();
    volatile boolean isAway;

    @Override
    public byte[] encode(VoxEvent event) {
      return plain.encode(event);
    }

    @Override
    public Read decode(Topic topic, byte[] value) throws UnreadableException {
      if (isAway) {
        throw new UnavailableException("away for a test", new IllegalStateException());
      }
      return plain.decode(topic, value);
    }
  }

  @AfterEach
  void close() {
    tail.close();
  }

  private void append(CallEvent event) {
    log.add(codec.encode(event));
  }

  private static CallEvent ended(String reason) {
    return new CallEvent.Ended(CALL, Instant.EPOCH, reason);
  }

  private static CallEvent key(int n) {
    return new CallEvent.Dtmf(CALL, Instant.EPOCH, 1, n, "1", 0);
  }

  @Test
  void aFailureIsNotTheEndItGoesOnWhereItWas() {
    tail.start();
    append(key(1));
    await().untilAsserted(() -> assertThat(read).containsExactly("dtmf1.1"));
    consumers
        .getFirst()
        .schedulePollTask(
            () -> consumers.getFirst().setPollException(new KafkaException("broken for a test")));

    await().until(() -> consumers.size() == 2);
    assertThat(tail.isAlive()).isTrue();
    await().until(tail::isFollowing);
    append(ended("completed"));
    await().untilAsserted(() -> assertThat(read).containsExactly("dtmf1.1", "ended"));
    assertThat(tail.position(0)).isEqualTo(2);
    assertThat(consumers.getFirst().closed()).isTrue();
  }

  @Test
  void aSoundRecordIsWaitedForWhileItsSchemaCannotBeHad() {
    tail.start();
    codec.isAway = true;
    append(key(1));
    append(ended("completed"));

    await().until(() -> !tail.isFollowing());
    assertThat(read).isEmpty();
    assertThat(tail.position(0)).isZero();
    codec.isAway = false;

    await().untilAsserted(() -> assertThat(read).containsExactly("dtmf1.1", "ended"));
    await().until(tail::isFollowing);
  }

  @Test
  void aRecordThatIsNoneIsPassedOver() {
    tail.start();
    log.add(new byte[] {1, 2});
    append(ended("completed"));

    await().untilAsserted(() -> assertThat(read).containsExactly("ended"));
    assertThat(tail.isFollowing()).isTrue();
  }
}
