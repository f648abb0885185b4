package dev.voxlog.cli.load.server;

import dev.voxlog.analytics.Fence;
import dev.voxlog.analytics.LogRecord;
import dev.voxlog.analytics.Part;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Turns;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.cli.load.caller.Spread;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// Where the milliseconds of turns went, from the records of some of the calls, read from the log
/// once everything is over. Each part is a stage with the hop that led to it.
///
/// Times of different processes are subtracted: all must be on one machine.
public final class HopTimes {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, List<LogRecord<?>>> records = new HashMap<>();
  private final Set<String> calls;

  /// By part, and all hops together: from when ingress had the frame that ended the caller's
  /// utterance until egress handed the answer's first audio to the line. Endpointing, which is the
  /// time of that frame here, is before it.
  public record Spreads(Map<Part, Spread> parts, Spread hops) {}

  private HopTimes(Set<String> calls) {
    this.calls = calls;
  }

  /// Reads what these calls (by call id) wrote from one instant on; turns that were answered until
  /// the other count.
  public static Spreads read(Cluster cluster, Set<String> calls, Instant from, Instant to) {
    HopTimes times = new HopTimes(calls);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader());
        SerdeLogCodec codec = cluster.codec()) {
      for (Topic topic : Topic.values()) {
        times.read(consumer, codec, topic, cluster.kafka().topic(topic), from);
      }
    }
    return times.spreads(from, to);
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      SerdeLogCodec codec,
      Topic topic,
      String name,
      Instant from) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    consumer
        .partitionsFor(name)
        .forEach(
            each -> asked.put(new TopicPartition(name, each.partition()), from.toEpochMilli()));
    consumer.assign(asked.keySet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(asked.keySet());
    Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(asked);
    asked
        .keySet()
        .forEach(each -> {
          OffsetAndTimestamp begin = begins.get(each);
          consumer.seek(each, begin == null ? ends.getOrDefault(each, 0L) : begin.offset());
        });
    Map<Integer, Fence> fences = new HashMap<>();
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > patience) {
        throw new IllegalStateException("%s cannot be read to its end".formatted(name));
      }
      consumer.poll(POLL).forEach(record -> take(codec, topic, record, fences));
    }
  }

  private void take(
      SerdeLogCodec codec,
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      Map<Integer, Fence> fences) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!calls.contains(key) && record.key() != null) {
      return;
    }
    try {
      if (codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)) {
        Fence fence = fences.computeIfAbsent(record.partition(), _ -> new Fence());
        if (fence.admits(event, record.offset(), WireHeaders.epoch(record.headers()))
            && record.key() != null) {
          records
              .computeIfAbsent(key, _ -> new ArrayList<>())
              .add(new LogRecord<>(event, record.offset(), null));
        }
      }
    } catch (LogCodec.UnreadableException e) {
      // A dead letter is the stages' business.
      return;
    }
  }

  private Spreads spreads(Instant from, Instant to) {
    Map<Part, Histogram> parts = new EnumMap<>(Part.class);
    Histogram hops = histogram();
    for (List<LogRecord<?>> call : records.values()) {
      for (Turn turn : Turns.of(call)) {
        Instant answered = turn.answeredAt();
        if (turn.cause() != Turn.Cause.SPEECH
            || answered == null
            || answered.isBefore(from)
            || answered.isAfter(to)) {
          continue;
        }
        Waterfall waterfall = turn.waterfall();
        Duration whole = waterfall.total();
        Optional<Duration> endpointing = waterfall.part(Part.ENDPOINTING);
        if (whole == null || endpointing.isEmpty()) {
          // It began before what was read.
          continue;
        }
        record(hops, whole.minus(endpointing.get()));
        waterfall
            .parts()
            .forEach((part, took) -> record(parts.computeIfAbsent(part, _ -> histogram()), took));
      }
    }
    Map<Part, Spread> spreads = new EnumMap<>(Part.class);
    parts.forEach((part, micros) -> spreads.put(part, new Spread(micros)));
    return new Spreads(spreads, new Spread(hops));
  }

  private static Histogram histogram() {
    return new Histogram(600_000_000L, 3);
  }

  private static void record(Histogram into, Duration took) {
    into.recordValue(Math.clamp(took.toNanos() / 1_000, 0, into.getHighestTrackableValue()));
  }
}
