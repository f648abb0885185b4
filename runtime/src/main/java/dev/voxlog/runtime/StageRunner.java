package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one stage: the poll loop, and the partitions it owns.
///
/// ## Threading and commits
/// One platform thread polls. It decodes and hands records to the calls' mailboxes, which run on virtual threads, and never
/// waits for them. A partition is worked on only while it is held in all inputs: its partitions are paused when assigned,
/// a takeover thread marks the new epoch and reads the tail, then the poll thread resumes them. Work for the poll thread
/// comes through `errands`. Once a second, and when partitions are taken away, the smallest safe point of each partition's
/// live calls is committed, with a note for the next owner in the metadata of `calls`.
public final class StageRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  private final StageContext context;
  private final Consumer<byte[], byte[]> consumer;
  private final TakeoverFactory takeovers;
  private final TopicCatalogue topics;
  private final Map<String, Topic> topicsByName = new HashMap<>();
  private final MisroutedCheck misrouted;
  private final Set<TopicPartition> held = new HashSet<>();
  private final Map<Integer, PartitionSession> sessions = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final ExecutorService takeoverThread;
  private final Thread pollThread;
  private volatile boolean isStopping;
  private volatile @Nullable Throwable failure;
  private long committedNanos = System.nanoTime();

  /// Makes the takeover reader, on the takeover thread.
  interface TakeoverFactory {
    Takeover create();
  }

  /// The partition a key belongs to.
  interface MisroutedCheck {
    boolean isMisrouted(CallId call, int partition);
  }

  StageRunner(
      StageContext context,
      Consumer<byte[], byte[]> consumer,
      TakeoverFactory takeovers,
      TopicCatalogue topics,
      MisroutedCheck misrouted) {
    this.context = context;
    this.consumer = consumer;
    this.takeovers = takeovers;
    this.topics = topics;
    this.misrouted = misrouted;
    String id = context.stage().name().id();
    context.stage().inputs().forEach(topic -> topicsByName.put(topics.name(topic), topic));
    takeoverThread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(id + "-takeover").factory());
    pollThread = Thread.ofPlatform().name(id + "-poll").unstarted(this::loop);
  }

  public void start() {
    context.stage().start(this::post);
    pollThread.start();
  }

  /// True while the loop runs and every partition it holds has been taken over.
  public boolean isReady() {
    return failure == null && !isStopping && !sessions.isEmpty();
  }

  public @Nullable Throwable failure() {
    return failure;
  }

  public StageName stage() {
    return context.stage().name();
  }

  public Set<Integer> partitions() {
    return new TreeSet<>(sessions.keySet());
  }

  public int liveCalls() {
    return sessions.values().stream().mapToInt(PartitionSession::liveCalls).sum();
  }

  private void post(CallId call, Object message) {
    for (PartitionSession session : sessions.values()) {
      if (session.external(call, message)) {
        return;
      }
    }
  }

  // The poll thread.

  private void loop() {
    try {
      consumer.subscribe(topicsByName.keySet(), new Rebalance());
      while (!isStopping) {
        pollOnce();
      }
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    } catch (RuntimeException e) {
      failure = e;
      log.error("{} stopped", context.stage().name().id(), e);
    }
  }

  private void pollOnce() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        dispatch(record);
      }
    } catch (WakeupException e) {
      log.trace("woken up for an errand");
    }
    context.ownership().polled();
    for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.run();
    }
    if (System.nanoTime() - committedNanos > COMMIT_EVERY.toNanos()) {
      committedNanos = System.nanoTime();
      commit(sessions.keySet(), false);
    }
  }

  private void dispatch(ConsumerRecord<byte[], byte[]> record) {
    PartitionSession session = sessions.get(record.partition());
    Topic topic = topicsByName.get(record.topic());
    if (session == null || topic == null) {
      return;
    }
    try {
      switch (context.codec().decode(topic, record.value())) {
        case LogCodec.Read.Known(VoxEvent event) -> dispatch(session, topic, record, event);
        case LogCodec.Read.NewerKind _ -> {
          context.telemetry().newerKind(topic);
          session.skip(topic, record.offset());
        }
      }
    } catch (LogCodec.UnreadableException e) {
      deadLetter(topic, record, null, String.valueOf(e.getMessage()));
      session.skip(topic, record.offset());
    }
  }

  private void dispatch(
      PartitionSession session, Topic topic, ConsumerRecord<byte[], byte[]> record, VoxEvent event) {
    CallId call = event.callId();
    if (call != null && misrouted.isMisrouted(call, record.partition())) {
      deadLetter(topic, record, call, "misrouted");
      session.skip(topic, record.offset());
      return;
    }
    context.telemetry().hop(topic, System.currentTimeMillis() - (double) record.timestamp());
    boolean isOwn = event.writer() == context.stage().name();
    session.dispatch(
        new CallActor.Arrival(
            topic,
            record.offset(),
            WireHeaders.epoch(record.headers()),
            event,
            record.value(),
            isOwn));
  }

  private void deadLetter(
      Topic topic, ConsumerRecord<byte[], byte[]> record, @Nullable CallId call, String reason) {
    context
        .writer()
        .deadLetter(
            new LogWriter.DeadLetter(
                new WireHeaders.Cause(topic, record.partition(), record.offset()),
                call,
                record.key(),
                record.value(),
                reason,
                ""));
    context.telemetry().deadLetter(context.stage().name(), reason);
  }

  private void commit(Collection<Integer> partitions, boolean isFinal) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (int partition : partitions) {
      PartitionSession session = sessions.get(partition);
      if (session != null) {
        String note = session.commitNote().encode();
        session
            .commitBounds()
            .forEach(
                (topic, offset) -> {
                  TopicPartition tp = new TopicPartition(topics.name(topic), partition);
                  String metadata = topic == Topic.CALLS ? note : "";
                  if (!Long.valueOf(offset).equals(committed.put(tp, offset)) || !metadata.isEmpty()) {
                    offsets.put(tp, new OffsetAndMetadata(offset, metadata));
                  }
                });
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    if (isFinal) {
      try {
        consumer.commitSync(offsets, Duration.ofSeconds(2));
      } catch (RuntimeException e) {
        log.warn("{} could not commit: {}", context.stage().name().id(), e.toString());
      }
    } else {
      consumer.commitAsync(offsets, (_, problem) -> uncommitted(offsets, problem));
    }
  }

  private void uncommitted(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception problem) {
    if (problem != null) {
      log.debug("commit put off: {}", problem.toString());
      offsets.keySet().forEach(committed::remove);
    }
  }

  /// Partitions come and go on the poll thread, inside poll.
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      held.addAll(assigned);
      consumer.pause(assigned);
      Set<Integer> complete = new TreeSet<>();
      assigned.forEach(tp -> complete.add(tp.partition()));
      complete.removeIf(p -> sessions.containsKey(p) || !held.containsAll(inputs(p)));
      if (!complete.isEmpty()) {
        takeoverThread.execute(() -> takeOver(complete));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      commit(partitions(revoked), true);
      drop(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      drop(lost);
    }

    private void drop(Collection<TopicPartition> gone) {
      gone.forEach(held::remove);
      gone.forEach(committed::remove);
      for (int partition : partitions(gone)) {
        PartitionSession session = sessions.remove(partition);
        if (session != null) {
          session.close();
        }
      }
    }

    private Set<Integer> partitions(Collection<TopicPartition> of) {
      Set<Integer> numbers = new TreeSet<>();
      of.forEach(tp -> numbers.add(tp.partition()));
      return numbers;
    }
  }

  private Set<TopicPartition> inputs(int partition) {
    Set<TopicPartition> inputs = new HashSet<>();
    topicsByName.keySet().forEach(name -> inputs.add(new TopicPartition(name, partition)));
    return inputs;
  }

  // The takeover thread.

  private void takeOver(Set<Integer> partitions) {
    long begun = System.nanoTime();
    Map<Integer, Takeover.Result> results = new HashMap<>();
    try {
      Takeover takeover = takeovers.create();
      try {
        for (int partition : partitions) {
          results.put(partition, takeover.take(partition));
        }
      } finally {
        takeover.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (Exception e) {
      failure = e;
      log.error("{} could not take over partitions {}", context.stage().name().id(), partitions, e);
      return;
    }
    errands.add(() -> own(results, begun));
    consumer.wakeup();
  }

  private void own(Map<Integer, Takeover.Result> results, long begun) {
    results.forEach(
        (partition, result) -> {
          Set<TopicPartition> inputs = inputs(partition);
          if (held.containsAll(inputs)) {
            PartitionSession before =
                sessions.put(partition, new PartitionSession(partition, result, context));
            if (before != null) {
              before.close();
            }
            consumer.resume(inputs);
            context.telemetry().takeover(result.calls().size(), (System.nanoTime() - begun) / 1e6);
          }
        });
    log.info("{} owns partitions {}", context.stage().name().id(), sessions.keySet());
  }

  /// Hands the partitions over: what is finished is committed, what is open is taken up by the next owner from the log.
  @Override
  public void close() {
    isStopping = true;
    consumer.wakeup();
    try {
      pollThread.join(Duration.ofSeconds(8));
      takeoverThread.shutdownNow();
      if (!takeoverThread.awaitTermination(1, TimeUnit.SECONDS)) {
        log.warn("{} takeover thread still runs", context.stage().name().id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.stage().close();
    context.writer().close();
  }
}
