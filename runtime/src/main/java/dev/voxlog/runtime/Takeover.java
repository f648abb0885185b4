package dev.voxlog.runtime;

import static java.util.Objects.requireNonNull;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// What a new owner of partitions does before it handles an input: marks its epoch on every output, then reads what its
/// predecessors wrote up to those markers.
///
/// Threads: one takeover at a time, on a thread that may block; nothing is shared with the poll thread but the result.
final class Takeover {
  /// How far back to look when no commit says where the stage's own records begin.
  private static final Duration UNCOMMITTED = Duration.ofMinutes(5);

  private final Stage stage;
  private final TopicCatalogue topics;
  private final String group;
  private final LogWriter writer;
  private final LogCodec codec;
  private final VoxClock clock;
  private final Admin admin;
  private final Consumer<byte[], byte[]> reader;

  /// What was found of one partition.
  record Result(
      long epoch,
      Fences fences,
      Map<Topic, Long> markers,
      Map<Topic, Long> tails,
      Map<CallId, Restoration> calls,
      Set<CallId> ended) {}

  /// One output's stretch of own records: from the tail to the marker.
  private record Stretch(Topic topic, TopicPartition partition, long from, long marker) {}

  Takeover(StageContext context, TopicCatalogue topics, String group, Admin admin, Consumer<byte[], byte[]> reader) {
    this.stage = context.stage();
    this.topics = topics;
    this.group = group;
    this.writer = context.writer();
    this.codec = context.codec();
    this.clock = context.clock();
    this.admin = admin;
    this.reader = reader;
  }

  Result take(int partition) throws Exception {
    CommitNote note = note(partition);
    Map<Topic, Long> markers = new EnumMap<>(Topic.class);
    long epoch =
        writer
            .mark(Topic.CALLS, partition, new CallEvent.Owner(clock.now(), stage.name()), -1)
            .get();
    markers.put(Topic.CALLS, epoch);
    for (Topic output : stage.outputs()) {
      if (output != Topic.CALLS) {
        markers.put(output, writer.mark(output, partition, owner(output, epoch), epoch).get());
      }
    }
    Map<Topic, Long> tails = new EnumMap<>(Topic.class);
    List<Stretch> stretches = new ArrayList<>();
    for (Topic output : inReadingOrder()) {
      TopicPartition tp = new TopicPartition(topics.name(output), partition);
      long from = note.tails().containsKey(output) ? note.tails().get(output) : recent(tp);
      tails.put(output, from);
      long marker = requireNonNull(markers.get(output));
      stretches.add(new Stretch(output, tp, from, marker));
    }
    return read(epoch, note.fences(), markers, tails, stretches);
  }

  /// The topic of the checkpoints first: what they cover is then known when the others are read.
  private List<Topic> inReadingOrder() {
    List<Topic> order = new ArrayList<>();
    order.add(stage.checkpointTopic());
    Set<Topic> others = new HashSet<>(stage.outputs());
    others.add(Topic.CALLS);
    others.remove(stage.checkpointTopic());
    order.addAll(others);
    return order;
  }

  private CommitNote note(int partition) throws Exception {
    TopicPartition calls = new TopicPartition(topics.name(Topic.CALLS), partition);
    OffsetAndMetadata committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(calls);
    return committed == null ? CommitNote.none() : CommitNote.decode(committed.metadata());
  }

  private long recent(TopicPartition tp) {
    long since = clock.now().minus(UNCOMMITTED).toEpochMilli();
    Optional<OffsetAndTimestamp> found =
        Optional.ofNullable(reader.offsetsForTimes(Map.of(tp, since)).get(tp));
    return found
        .map(OffsetAndTimestamp::offset)
        .orElseGet(() -> requireNonNull(reader.endOffsets(Set.of(tp)).get(tp)));
  }

  private VoxEvent owner(Topic topic, long epoch) {
    return switch (topic) {
      case TRANSCRIPTS -> new TranscriptEvent.Owner(clock.now(), epoch);
      case INTENTS -> new Understanding.Owner(clock.now(), epoch);
      case SENTENCES -> new TurnEvent.Owner(clock.now(), epoch);
      case AUDIO_OUT -> new AgentAudio.Owner(clock.now(), epoch);
      case CALLS, AUDIO_IN ->
          throw new IllegalStateException("no owner marker of this kind in " + topic.id());
    };
  }

  private Result read(
      long epoch,
      Fences committed,
      Map<Topic, Long> markers,
      Map<Topic, Long> tails,
      List<Stretch> stretches) {
    Fences fences = new Fences();
    fences.raiseAll(committed);
    Map<CallId, Restoration> calls = new LinkedHashMap<>();
    Set<CallId> ended = new HashSet<>();
    for (Stretch stretch : stretches) {
      for (ConsumerRecord<byte[], byte[]> record : records(stretch)) {
        decode(stretch.topic(), record)
            .filter(event -> isOfEpoch(stretch.topic(), record, event, fences))
            .ifPresent(event -> note(event, record.offset(), calls, ended));
      }
    }
    ended.forEach(calls::remove);
    return new Result(epoch, committed, markers, tails, calls, ended);
  }

  private List<ConsumerRecord<byte[], byte[]>> records(Stretch stretch) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    reader.assign(Set.of(stretch.partition()));
    long beginning =
        reader.beginningOffsets(Set.of(stretch.partition())).getOrDefault(stretch.partition(), 0L);
    reader.seek(stretch.partition(), Math.max(stretch.from(), beginning));
    while (reader.position(stretch.partition()) < stretch.marker()) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        if (record.offset() < stretch.marker()) {
          found.add(record);
        }
      }
    }
    return found;
  }

  private Optional<VoxEvent> decode(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      return codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)
          ? Optional.of(event)
          : Optional.empty();
    } catch (LogCodec.UnreadableException e) {
      // A poison record of somebody else in a shared topic: its reader has put it aside.
      return Optional.empty();
    }
  }

  private boolean isOfEpoch(
      Topic topic, ConsumerRecord<byte[], byte[]> record, VoxEvent event, Fences fences) {
    if (event.writer() == StageName.INGRESS) {
      return true;
    }
    if (event instanceof CallEvent.Owner owner) {
      fences.raise(topic, owner.writer(), record.offset());
      return false;
    }
    return fences.admits(topic, event.writer(), WireHeaders.epoch(record.headers()));
  }

  private void note(
      VoxEvent event, long offset, Map<CallId, Restoration> calls, Set<CallId> ended) {
    CallId call = event.callId();
    if (call == null) {
      return;
    }
    if (event instanceof CallEvent.Ended) {
      ended.add(call);
    }
    if (event.writer() == stage.name()) {
      calls.computeIfAbsent(call, _ -> new Restoration(codec, true)).found(event, offset);
    }
  }

  void close() {
    reader.close();
  }
}
