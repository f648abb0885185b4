package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns records into arrivals for their session, and puts aside what is none.
///
/// A record whose schema must be asked for first is not read on the poll thread: a thread of its
/// own asks, for as long as the registry does not answer, and the partition waits meanwhile.
final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final StageContext context;
  private final BiPredicate<CallId, Integer> isMisrouted;
  private final Queue<Runnable> errands;
  private final BooleanSupplier isOver;
  private final Set<TopicPartition> asking = ConcurrentHashMap.newKeySet();

  /// `errands` are run by the poll thread, soon.
  Intake(
      StageContext context,
      BiPredicate<CallId, Integer> isMisrouted,
      Queue<Runnable> errands,
      BooleanSupplier isOver) {
    this.context = context;
    this.isMisrouted = isMisrouted;
    this.errands = errands;
    this.isOver = isOver;
  }

  /// False when the record must be read again once its schema is known.
  boolean take(PartitionSession session, Topic topic, ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      putAside(session, topic, record, null, "unreadable", "a record without a value");
      return true;
    }
    if (context.codec().mustAsk(value)) {
      ask(topic, record);
      return false;
    }
    try {
      switch (context.codec().decode(topic, value)) {
        case LogCodec.Read.Known(VoxEvent event) -> hand(session, topic, record, event);
        case LogCodec.Read.NewerKind _ -> {
          context.telemetry().newerKind(topic);
          session.skip(topic, record.offset());
        }
      }
      return true;
    } catch (LogCodec.UnreadableException e) {
      putAside(session, topic, record, null, "unreadable", String.valueOf(e.getMessage()));
      return true;
    } catch (LogCodec.UnavailableException e) {
      ask(topic, record);
      return false;
    }
  }

  private void hand(
      PartitionSession session,
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      VoxEvent event) {
    CallId call = event.callId();
    if (call != null && isMisrouted.test(call, record.partition())) {
      putAside(session, topic, record, call, "misrouted", "");
      return;
    }
    Arrival arrival =
        new Arrival(
            topic,
            record.partition(),
            record.offset(),
            record.timestamp(),
            event,
            record.value(),
            topic.isAudio() ? null : WireHeaders.traceparent(record.headers()).orElse(null),
            event.writer() == context.stage().name());
    session.dispatch(arrival, WireHeaders.epoch(record.headers()));
  }

  private void putAside(
      PartitionSession session,
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable CallId known,
      String reason,
      String detail) {
    CallId call = known == null ? callOf(record.key()) : known;
    WireHeaders.Cause origin = new WireHeaders.Cause(topic, record.partition(), record.offset());
    session.putAside(
        new LogWriter.DeadLetter(origin, call, record.key(), record.value(), reason, detail));
  }

  /// The key is the call's id, where anything can be made of it.
  private static @Nullable CallId callOf(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    try {
      return new CallId(new String(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Whether the partition waits for the registry.
  boolean isAsking(TopicPartition partition) {
    return asking.contains(partition);
  }

  private void ask(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (asking.add(partition)) {
      Thread.ofVirtual()
          .name("schema-of-" + partition)
          .start(() -> ask(topic, record.value(), partition));
    }
  }

  private void ask(Topic topic, byte[] value, TopicPartition partition) {
    while (!isOver.getAsBoolean() && !isAnswered(topic, value)) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    errands.add(() -> asking.remove(partition));
  }

  private boolean isAnswered(Topic topic, byte[] value) {
    try {
      context.codec().decode(topic, value);
      return true;
    } catch (LogCodec.UnreadableException e) {
      return true;
    } catch (LogCodec.UnavailableException e) {
      log.warn(
          "{} waits for the schema registry: {}",
          context.stage().name().id(),
          String.valueOf(e.getCause()));
      context.telemetry().error(context.stage().name(), "registry unavailable");
      return false;
    }
  }
}
