package dev.voxlog.runtime;

import static java.util.Objects.requireNonNull;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// What a new owner of partitions does before it handles an input: marks its epoch on every output,
/// then reads what its predecessors wrote up to those markers.
///
/// Threads: one takeover at a time, on a thread that may block; nothing is shared with the poll
/// thread but the result.
final class KafkaTakeover implements Takeover {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StageContext context;
  private final Stage stage;
  private final TopicCatalogue topics;
  private final String group;
  private final Admin admin;
  private final Consumer<byte[], byte[]> reader;

  KafkaTakeover(
      StageContext context,
      TopicCatalogue topics,
      String group,
      Admin admin,
      Consumer<byte[], byte[]> reader) {
    this.context = context;
    this.stage = context.stage();
    this.topics = topics;
    this.group = group;
    this.admin = admin;
    this.reader = reader;
  }

  @Override
  public Map<Integer, Result> take(Collection<Integer> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    Map<Integer, Long> epochs = epochs(partitions);
    Map<TopicPartition, Long> markers = markers(epochs);
    Map<TopicPartition, Long> starts = starts(partitions, committed);
    Map<TopicPartition, Long> tails = tails(markers.keySet(), committed);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = read(tails, markers);
    Map<Integer, Result> results = new TreeMap<>();
    epochs.forEach((partition, epoch) -> {
      Result result =
          new Result(
              epoch,
              note(committed, partition),
              new Fences(),
              of(partition, inReadingOrder(), markers),
              of(partition, inReadingOrder(), tails),
              new LinkedHashMap<>(),
              new HashSet<>(),
              of(partition, stage.inputs(), starts));
      results.put(partition, restored(result, partition, records));
    });
    return results;
  }

  // Markers.

  private Map<Integer, Long> epochs(Collection<Integer> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<Integer, CompletableFuture<Long>> marked = new TreeMap<>();
    for (int partition : partitions) {
      CallEvent.Owner owner = new CallEvent.Owner(context.resources().clock().now(), stage.name());
      marked.put(
          partition, context.writer().mark(Topic.CALLS, partition, owner, WireHeaders.NO_EPOCH));
    }
    return joined(marked);
  }

  private Map<TopicPartition, Long> markers(Map<Integer, Long> epochs)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, CompletableFuture<Long>> marked = new HashMap<>();
    epochs.forEach((partition, epoch) -> {
      marked.put(at(Topic.CALLS, partition), CompletableFuture.completedFuture(epoch));
      for (Topic output : stage.outputs()) {
        if (output != Topic.CALLS) {
          VoxEvent owner = Bookkeeping.owner(output, context.resources().clock().now(), epoch);
          marked.put(at(output, partition), context.writer().mark(output, partition, owner, epoch));
        }
      }
    });
    return joined(marked);
  }

  private static <K> Map<K, Long> joined(Map<K, CompletableFuture<Long>> futures)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<K, Long> values = new HashMap<>();
    for (Map.Entry<K, CompletableFuture<Long>> future : futures.entrySet()) {
      values.put(
          future.getKey(), future.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }
    return values;
  }

  private TopicPartition at(Topic topic, int partition) {
    return new TopicPartition(topics.name(topic), partition);
  }

  // What was committed.

  private CommitNote note(Map<TopicPartition, OffsetAndMetadata> committed, int partition) {
    OffsetAndMetadata calls = committed.get(at(Topic.CALLS, partition));
    return calls == null ? CommitNote.none() : CommitNote.decode(calls.metadata());
  }

  private Map<TopicPartition, Long> tails(
      Set<TopicPartition> outputs, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<TopicPartition, Long> tails = new HashMap<>();
    Set<TopicPartition> unknown = new HashSet<>();
    for (TopicPartition output : outputs) {
      Long tail = note(committed, output.partition()).tails().get(topic(output));
      if (tail == null) {
        unknown.add(output);
      } else {
        tails.put(output, tail);
      }
    }
    tails.putAll(firstLook(unknown));
    return tails;
  }

  /// Where each input is read from: the commit, or a little back if there is none. The consumer's
  /// own way of finding the latter passes over a record that is written while it looks.
  private Map<TopicPartition, Long> starts(
      Collection<Integer> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    Set<TopicPartition> unknown = new HashSet<>();
    for (int partition : partitions) {
      for (Topic input : stage.inputs()) {
        OffsetAndMetadata commit = committed.get(at(input, partition));
        if (commit == null) {
          unknown.add(at(input, partition));
        } else {
          starts.put(at(input, partition), commit.offset());
        }
      }
    }
    starts.putAll(firstLook(unknown));
    return starts;
  }

  /// The first record of the last few minutes, else the end as it was before looking.
  private Map<TopicPartition, Long> firstLook(Set<TopicPartition> unknown) {
    if (unknown.isEmpty()) {
      return Map.of();
    }
    long since =
        context.resources().clock().now().minus(KafkaSettings.FIRST_LOOK_BACK).toEpochMilli();
    Map<TopicPartition, Long> wanted = new HashMap<>();
    unknown.forEach(partition -> wanted.put(partition, since));
    Map<TopicPartition, Long> offsets = new HashMap<>(reader.endOffsets(unknown));
    reader
        .offsetsForTimes(wanted)
        .forEach((partition, found) -> {
          if (found != null) {
            offsets.put(partition, found.offset());
          }
        });
    return offsets;
  }

  private Topic topic(TopicPartition partition) {
    for (Topic topic : Topic.values()) {
      if (topics.name(topic).equals(partition.topic())) {
        return topic;
      }
    }
    throw new IllegalArgumentException("no topic of ours: " + partition);
  }

  private Map<Topic, Long> of(int partition, Set<Topic> of, Map<TopicPartition, Long> offsets) {
    Map<Topic, Long> own = new EnumMap<>(Topic.class);
    for (Topic topic : of) {
      own.put(topic, requireNonNull(offsets.get(at(topic, partition))));
    }
    return own;
  }

  // What the predecessors wrote.

  /// Reads each output from its tail to its marker.
  private Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read(
      Map<TopicPartition, Long> tails, Map<TopicPartition, Long> markers) throws TimeoutException {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
    reader.assign(tails.keySet());
    Map<TopicPartition, Long> beginnings = reader.beginningOffsets(tails.keySet());
    tails.forEach(
        (output, from) -> reader.seek(output, Math.max(from, beginnings.getOrDefault(output, 0L))));
    Set<TopicPartition> unfinished = new HashSet<>(tails.keySet());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      unfinished.removeIf(output -> reader.position(output) >= markers.getOrDefault(output, 0L));
      if (unfinished.isEmpty()) {
        return found;
      }
      if (System.nanoTime() > until) {
        throw new TimeoutException("the own records of " + unfinished + " were not read in time");
      }
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        TopicPartition output = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < markers.getOrDefault(output, 0L)) {
          found.computeIfAbsent(output, _ -> new ArrayList<>()).add(record);
        }
      }
    }
  }

  /// The topic of the checkpoints first: what they cover is then known when the others are read.
  private Set<Topic> inReadingOrder() {
    Set<Topic> order = new LinkedHashSet<>();
    order.add(stage.checkpointTopic());
    order.addAll(EnumSet.copyOf(stage.outputs()));
    order.add(Topic.CALLS);
    return order;
  }

  private Result restored(
      Result result,
      int partition,
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    Fences others = new Fences();
    result
        .note()
        .ownEpochs()
        .forEach((topic, epoch) ->
            result.ownFences().raise(topic, stage.name(), epoch, SafePoints.NONE));
    for (Topic topic : inReadingOrder()) {
      for (ConsumerRecord<byte[], byte[]> record :
          records.getOrDefault(at(topic, partition), List.of())) {
        if (topic == Topic.CALLS && record.offset() >= result.starts().getOrDefault(topic, 0L)) {
          // The note's epochs are those in force here; what came before is judged by the markers on
          // the way.
          result
              .note()
              .fences()
              .forEach((fence, epoch) ->
                  others.raise(fence.topic(), fence.writer(), epoch, record.offset()));
        }
        decode(topic, record)
            .filter(event -> isOfEpoch(topic, record, event, result.ownFences(), others))
            .ifPresent(event -> note(event, record, result));
      }
      long marker = requireNonNull(result.markers().get(topic));
      result.ownFences().raise(topic, stage.name(), result.epoch(), marker);
    }
    result.ended().forEach(result.calls()::remove);
    result.calls().values().forEach(Restoration::seal);
    return result;
  }

  private Optional<VoxEvent> decode(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() != null
              && context.codec().decode(topic, record.value())
                  instanceof LogCodec.Read.Known(VoxEvent event)
          ? Optional.of(event)
          : Optional.empty();
    } catch (LogCodec.UnreadableException e) {
      // A poison record of somebody else in a shared topic: its reader has put it aside.
      return Optional.empty();
    }
  }

  private boolean isOfEpoch(
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      VoxEvent event,
      Fences own,
      Fences others) {
    StageName writer = event.writer();
    if (writer == StageName.INGRESS) {
      return true;
    }
    Fences fences = writer == stage.name() ? own : others;
    var marker = Bookkeeping.ownerEpoch(event, record.offset());
    if (marker.isPresent()) {
      fences.raise(topic, writer, marker.getAsLong(), record.offset());
      return false;
    }
    return fences.admits(topic, writer, WireHeaders.epoch(record.headers()), record.offset());
  }

  private void note(VoxEvent event, ConsumerRecord<byte[], byte[]> record, Result result) {
    CallId call = event.callId();
    if (call == null) {
      return;
    }
    if (event instanceof CallEvent.Ended) {
      result.ended().add(call);
    }
    if (event.writer() == stage.name()) {
      result
          .calls()
          .computeIfAbsent(call, _ -> new Restoration(context.codec(), true))
          .found(event, record.offset(), WireHeaders.cause(record.headers()).orElse(null));
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
