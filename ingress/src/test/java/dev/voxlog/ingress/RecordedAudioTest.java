package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.PlainLogCodec;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RecordedAudioTest {
  private static final CallId CALL = new CallId("twilio-CA1");
  private static final CallId OTHER = new CallId("twilio-CA2");
  private static final TopicPartition AUDIO = new TopicPartition("audio.in", 0);
  private static final int LONG = 30_000;

  private final LogCodec codec = new PlainLogCodec();
  private final List<CallId> log = new ArrayList<>();
  private final AtomicInteger read = new AtomicInteger();

  /// Gives what lies behind its position, at most 500 records at once.
  private final class LogConsumer extends MockConsumer<byte[], byte[]> {
    LogConsumer() {
      super("earliest");
      updateBeginningOffsets(Map.of(AUDIO, 0L));
      updateEndOffsets(Map.of(AUDIO, (long) log.size()));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      int from = (int) position(AUDIO);
      int to = Math.min(from + 500, log.size());
      for (int offset = from; offset < to; offset++) {
        addRecord(record(offset));
      }
      read.addAndGet(to - from);
      return super.poll(timeout);
    }
  }

  private ConsumerRecord<byte[], byte[]> record(int offset) {
    CallId call = log.get(offset);
    byte[] value =
        codec.encode(new CallerAudio.Gap(call, Instant.EPOCH, 1, 0, offset, 20L, "not-received"));
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(AUDIO.topic(), 0, offset, key, value);
  }

  @Test
  void theEndOfALongLogTellsWhereTheCallsAudioEnds() {
    for (int i = 0; i < LONG; i++) {
      log.add(i == 100 || i == LONG - 200 ? CALL : OTHER);
    }
    assertThat(new RecordedAudio(LogConsumer::new, codec, () -> true).endMs(CALL, AUDIO))
        .isEqualTo(LONG - 200 + 20);
    assertThat(read.get()).isLessThan(LONG / 4);
  }

  @Test
  void whereNobodyWaitsAnyMoreNothingMoreIsRead() {
    for (int i = 0; i < LONG; i++) {
      log.add(OTHER);
    }
    RecordedAudio recorded = new RecordedAudio(LogConsumer::new, codec, () -> read.get() < 2_000);

    assertThat(recorded.endMs(CALL, AUDIO)).isZero();
    assertThat(read.get()).isEqualTo(2_000);
  }
}
