package dev.voxlog.cli;

import dev.voxlog.cli.chaos.TopicContent;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// What is in the topics at one moment, decoded with the schemas of the registry; bytes that are no
/// record are counted.
record WholeLog(
    List<VoxEvent> events,
    Map<String, Integer> keys,
    List<ConsumerRecord<byte[], byte[]>> deadLetters,
    int unreadable) {
  /// The tool of Acme's `start`.
  static final String LOOK_UP = "getAccount";

  static WholeLog read(Cluster cluster) {
    return read(cluster, Topic.values());
  }

  /// The same of some topics, and of the dead letters.
  static WholeLog read(Cluster cluster, Topic... topics) {
    List<VoxEvent> events = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> deadLetters;
    Map<String, Integer> keys = new HashMap<>();
    int unreadable = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader());
        SerdeLogCodec codec = cluster.codec()) {
      for (Topic topic : topics) {
        for (ConsumerRecord<byte[], byte[]> record :
            TopicContent.of(consumer, cluster.kafka().topic(topic))) {
          if (record.key() != null) {
            keys.merge(new String(record.key(), StandardCharsets.UTF_8), 1, Integer::sum);
          }
          try {
            if (codec.decode(topic, record.value())
                instanceof LogCodec.Read.Known(VoxEvent event)) {
              events.add(event);
            }
          } catch (LogCodec.UnreadableException e) {
            unreadable++;
          }
        }
      }
      deadLetters = TopicContent.of(consumer, cluster.topics().name(TopicCatalogue.DEAD_LETTERS));
    }
    return new WholeLog(events, keys, deadLetters, unreadable);
  }

  /// How the tool calls ended that followed from what the caller said; that of the look-up of who
  /// calls is none.
  List<CallEvent.ToolDone> done(CallId call) {
    return of(call, CallEvent.ToolDone.class).stream()
        .filter(each -> !each.tool().equals(LOOK_UP))
        .toList();
  }

  /// How many records there are under a call's key, whatever they hold.
  int recordsUnder(CallId call) {
    return keys.getOrDefault(call.value(), 0);
  }

  /// One call's events of a type, in log order.
  <T extends VoxEvent> List<T> of(CallId call, Class<T> type) {
    return events.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(event -> call.equals(event.callId()))
        .toList();
  }
}
