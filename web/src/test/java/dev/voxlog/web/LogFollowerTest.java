package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.runtime.PlainLogCodec;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogFollowerTest {
  private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
  private final List<LogRecord<?>> read = new CopyOnWriteArrayList<>();
  private final Deque<Reader> readers = new ArrayDeque<>();

  /// One partition of each topic, given in whole topics, one a poll, the last ones first.
  private final class Reader extends MockConsumer<byte[], byte[]> {
    private final Deque<Topic> unread = new ArrayDeque<>(LogFollower.TOPICS.reversed());

    Reader() {
      super("earliest");
      for (Topic topic : LogFollower.TOPICS) {
        TopicPartition partition = new TopicPartition(topic.id(), 0);
        updatePartitions(topic.id(), List.of(new PartitionInfo(topic.id(), 0, null, null, null)));
        updateBeginningOffsets(Map.of(partition, 0L));
        updateEndOffsets(Map.of(partition, (long) records(topic).size()));
      }
      readers.add(this);
    }

    @Override
    public synchronized org.apache.kafka.clients.consumer.ConsumerRecords<byte[], byte[]> poll(
        Duration timeout) {
      Topic next = unread.poll();
      if (next != null) {
        long from = position(new TopicPartition(next.id(), 0));
        records(next).stream().filter(each -> each.offset() >= from).forEach(this::addRecord);
      }
      return super.poll(timeout);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> since) {
      Map<TopicPartition, OffsetAndTimestamp> from = new HashMap<>();
      since.keySet().forEach(each -> from.put(each, new OffsetAndTimestamp(0, 0)));
      return from;
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    return log.computeIfAbsent(topic, _ -> new ArrayList<>());
  }

  private void write(VoxEvent event, long epoch) {
    List<ConsumerRecord<byte[], byte[]>> records = records(Topic.of(event));
    RecordHeaders headers = new RecordHeaders();
    WireHeaders.epoch(headers, epoch);
    records.add(
        new ConsumerRecord<>(
            Topic.of(event).id(),
            0,
            records.size(),
            event.at().toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[1],
            new PlainLogCodec().encode(event),
            headers,
            Optional.empty()));
  }

  private LogFollower follow() {
    return new LogFollower(
            Reader::new,
            Topic::id,
            new PlainLogCodec(),
            Duration.ofHours(1),
            (_, record) -> read.add(record))
        .start();
  }

  private List<String> names() {
    CallStory story = new CallStory();
    return read.stream().flatMap(each -> story.take(each).stream()).map(News::name).toList();
  }

  @Test
  void aCallOfLongAgoIsGivenAsItWentHoweverItsTopicsAreRead() {
    TestCall call = TestCall.whole("c1");
    call.events().forEach(event -> write(event, 1));
    try (LogFollower follower = follow()) {
      await().until(follower::isCaughtUp);
      await().untilAsserted(() -> assertThat(read).hasSize(15));
    }

    assertThat(read).extracting(LogRecord::at).isSorted();
    assertThat(names()).startsWith("started", "attached").endsWith("heard", "ended");
    assertThat(read).allMatch(each -> each.readAt() == null);
  }

  @Test
  void audioIsDroppedAtOnce() {
    TestCall call = new TestCall("c1").chunk(1, 0, 0, 10).chunk(1, 0, 1, 20).started();
    call.events().forEach(event -> write(event, 1));
    try (LogFollower follower = follow()) {
      await().until(() -> follower.isCaughtUp() && read.size() == 2);
    }

    assertThat(read)
        .filteredOn(each -> each.event() instanceof AgentAudio)
        .singleElement()
        .satisfies(each -> assertThat(((AgentAudio.Chunk) each.event()).audio().length()).isZero());
  }

  @Test
  void whatAFormerOwnerWritesAfterItsSuccessorIsVoid() {
    TestCall call = new TestCall("c1").started();
    write(call.events().getFirst(), WireHeaders.NO_EPOCH);
    write(new CallEvent.Owner(TestCall.at(5), StageName.EGRESS), 1);
    write(new CallEvent.Ended(call.id, TestCall.at(10), "lost"), 0);
    write(new CallEvent.Silence(call.id, TestCall.at(20), 1, 1, 8_000), 1);
    try (LogFollower follower = follow()) {
      await().until(() -> follower.isCaughtUp() && read.size() == 2);
    }

    assertThat(names()).containsExactly("started", "silence");
  }

  @Test
  void aReaderThatFailsIsReplacedByOneThatGoesOnWhereItWas() {
    TestCall call = new TestCall("c1").started();
    write(call.events().getFirst(), 1);
    try (LogFollower follower = follow()) {
      await().until(() -> follower.isCaughtUp() && read.size() == 1);
      synchronized (log) {
        write(new CallEvent.Silence(call.id, TestCall.at(20), 1, 1, 8_000), 1);
        Objects.requireNonNull(readers.peek())
            .setPollException(new KafkaException("away for a test"));
      }
      await().untilAsserted(() -> assertThat(read).hasSize(2));
      await().until(follower::isFollowing);
    }

    assertThat(names()).containsExactly("started", "silence");
  }
}
