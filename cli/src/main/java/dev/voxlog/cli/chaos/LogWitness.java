package dev.voxlog.cli.chaos;

import dev.voxlog.analytics.Fence;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// What the log knows of every call: records that count, each identity once.
final class LogWitness {
  private static final List<Topic> READ = List.of(Topic.CALLS, Topic.TRANSCRIPTS, Topic.SENTENCES);

  private final Map<CallId, List<VoxEvent>> events = new HashMap<>();
  private final Map<CallId, Set<String>> identities = new HashMap<>();

  private LogWitness() {}

  /// Reads the words and facts of all calls up to now.
  static LogWitness read(Cluster cluster) {
    LogWitness witness = new LogWitness();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader());
        SerdeLogCodec codec = cluster.codec()) {
      for (Topic topic : READ) {
        Map<Integer, Fence> fences = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
            TopicContent.of(consumer, cluster.kafka().topic(topic))) {
          Fence fence = fences.computeIfAbsent(record.partition(), _ -> new Fence());
          witness.take(topic, record, codec, fence);
        }
      }
    }
    return witness;
  }

  private void take(
      Topic topic, ConsumerRecord<byte[], byte[]> record, SerdeLogCodec codec, Fence fence) {
    try {
      if (codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)
          && fence.admits(event, record.offset(), WireHeaders.epoch(record.headers()))) {
        CallId call = Objects.requireNonNull(event.callId());
        String identity = topic.id() + " " + event.identity();
        if (event.identity() != null
            && identities.computeIfAbsent(call, _ -> new HashSet<>()).add(identity)) {
          events.computeIfAbsent(call, _ -> new ArrayList<>()).add(event);
        }
      }
    } catch (LogCodec.UnreadableException e) {
      // A dead letter is the stages' business, and its loss the callers'.
    }
  }

  CallWitness with(CallWitness call) {
    return new CallWitness(
        call.id(),
        call.caller(),
        call.startedAt(),
        call.said(),
        call.ear(),
        call.end(),
        facts(call.id()));
  }

  CallWitness.Facts facts(CallId call) {
    return new CallWitness.Facts(
        of(call, TranscriptEvent.Final.class),
        of(call, TurnEvent.Sentence.class),
        of(call, CallEvent.Heard.class),
        of(call, CallEvent.ToolDone.class));
  }

  /// One call's events of a type, in log order.
  <E extends VoxEvent> List<E> of(CallId call, Class<E> type) {
    return events.getOrDefault(call, List.of()).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
