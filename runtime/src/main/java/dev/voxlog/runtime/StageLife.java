package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The poll loop: one stage's life from joining its group until it leaves or something breaks.
///
/// ## Threading and commits
///
/// One platform thread polls. It decodes records and hands them to the calls' mailboxes, which run
/// on virtual threads, and never waits for them. A partition is worked on only while it is held in
/// all inputs and has been taken over; else it is paused, as it is while the registry is asked for
/// a schema, or while the process's byte budget is spent. Work for the poll thread comes through
/// `errands`. Once a second, and when partitions are taken away, the smallest safe point of each
/// partition's live calls is committed, with a note for the next owner in the metadata of `calls`.
final class StageLife {
  private static final Logger log = LoggerFactory.getLogger(StageLife.class);

  /// Short, since with little traffic a record is now and then handed over only at the next poll
  /// (clients 4.3.1; with one call, more than half of the turns of a run waited for that).
  private static final Duration POLL = Duration.ofMillis(20);

  private static final ConsumerRecords<byte[], byte[]> CUT_SHORT =
      new ConsumerRecords<>(Map.of(), Map.of());
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
  private static final Duration DRAIN = Duration.ofMillis(400);

  private final StageContext context;
  private final StageClients clients;
  private final Consumer<byte[], byte[]> consumer;
  private final BooleanSupplier isStopping;
  private final Map<String, Topic> topicsByName = new HashMap<>();
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final ReadLag lag = new ReadLag();
  private final Intake intake;
  private final Commits commits;
  private final Partitions partitions;
  private volatile boolean isPolling;
  private volatile boolean isOver;
  private volatile @Nullable Throwable broken;
  private volatile long polledNanos = System.nanoTime();
  private boolean isBudgetSpent;
  private long committedNanos = System.nanoTime();

  StageLife(StageContext context, StageClients clients, BooleanSupplier isStopping) {
    this.context = context;
    this.clients = clients;
    this.consumer = clients.consumer();
    this.isStopping = isStopping;
    for (Topic input : context.stage().inputs()) {
      topicsByName.put(clients.topics().name(input), input);
    }
    intake = new Intake(context, clients::isMisrouted, errands, () -> isOver);
    commits = new Commits(consumer, clients.topics(), context::engineWait);
    partitions =
        new Partitions(
            context,
            clients,
            commits,
            new Partitions.Life(
                errands,
                this::wakeUp,
                this::gone,
                this::breaks,
                () -> isStopping.getAsBoolean() || isOver));
  }

  /// Returns when the stage is to stop; throws what broke it.
  void run() {
    try {
      consumer.subscribe(topicsByName.keySet(), partitions);
      while (!isStopping.getAsBoolean()) {
        round();
      }
      drain();
    } finally {
      isOver = true;
      partitions.close();
    }
  }

  private void round() {
    boolean isWhole = poll();
    noteCaughtUp();
    polledNanos = System.nanoTime();
    if (isWhole) {
      context.ownership().polled();
    }
    for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.run();
    }
    partitions.reclaim();
    pauseAndResume();
    if (polledNanos - committedNanos > COMMIT_EVERY.toNanos()) {
      committedNanos = polledNanos;
      commits.commit(partitions.sessions());
      measure();
    }
    Throwable cause = broken;
    if (cause != null) {
      throw new IllegalStateException("a record could not be written", cause);
    }
  }

  /// Whether it was not cut short before the client could tell of partitions that are gone.
  private boolean poll() {
    ConsumerRecords<byte[], byte[]> records = polled(POLL);
    if (records == CUT_SHORT) {
      return false;
    }
    long now = System.currentTimeMillis();
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!dispatch(partition, record)) {
          consumer.seek(partition, record.offset());
          consumer.pause(Set.of(partition));
          break;
        }
      }
      if (lag.isToAsk(partition, now) && consumer.currentLag(partition).orElse(-1) == 0) {
        lag.readToEnd(partition, now);
      }
    }
    return true;
  }

  private ConsumerRecords<byte[], byte[]> polled(Duration wait) {
    isPolling = true;
    try {
      return consumer.poll(wait);
    } catch (WakeupException e) {
      return CUT_SHORT;
    } finally {
      isPolling = false;
    }
  }

  private boolean dispatch(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    PartitionSession session = partitions.sessions().get(record.partition());
    Topic topic = topicsByName.get(record.topic());
    if (session == null || topic == null) {
      return true;
    }
    lag.read(partition, record.timestamp());
    return intake.take(session, topic, record);
  }

  /// Asking the client for its lag costs a little, so it is asked only for partitions where a call
  /// depends on it.
  private void noteCaughtUp() {
    String calls = clients.topics().name(Topic.CALLS);
    partitions
        .sessions()
        .forEach((partition, session) -> {
          if (session.isAskedWhetherCaughtUp()) {
            session.caughtUp(
                consumer.currentLag(new TopicPartition(calls, partition)).orElse(-1) == 0);
          }
        });
  }

  private void pauseAndResume() {
    ByteBudget budget = context.resources().budget();
    boolean wasSpent = isBudgetSpent;
    isBudgetSpent = wasSpent ? !budget.hasRoom() : budget.isSpent();
    if (isBudgetSpent && !wasSpent) {
      context.telemetry().paused();
      log.warn(
          "{} pauses: {} bytes wait in mailboxes", context.stage().name().id(), budget.taken());
    }
    Set<TopicPartition> toPause = new HashSet<>();
    Set<TopicPartition> toResume = new HashSet<>();
    Set<TopicPartition> paused = consumer.paused();
    for (TopicPartition partition : consumer.assignment()) {
      PartitionSession session = partitions.sessions().get(partition.partition());
      boolean isReadable =
          session != null
              && !intake.isAsking(partition)
              && (!isBudgetSpent || isAwaited(partition, session));
      if (isReadable == paused.contains(partition)) {
        (isReadable ? toResume : toPause).add(partition);
      }
    }
    consumer.pause(toPause);
    consumer.resume(toResume);
  }

  /// Whether what spends the budget may wait for just this partition: then pausing it would last
  /// for ever.
  private boolean isAwaited(TopicPartition partition, PartitionSession session) {
    return topicsByName.get(partition.topic()) == Topic.CALLS && session.isWaitingForCalls();
  }

  private void measure() {
    long now = System.currentTimeMillis();
    Set<TopicPartition> paused = consumer.paused();
    partitions
        .sessions()
        .forEach((partition, session) -> {
          session.measure();
          for (String name : topicsByName.keySet()) {
            TopicPartition of = new TopicPartition(name, partition);
            OptionalLong records = consumer.currentLag(of);
            context.telemetry().lag(of, lag.measured(of, records, paused.contains(of), now));
          }
        });
  }

  private void gone(Collection<TopicPartition> gone) {
    lag.forget(gone);
    gone.forEach(context.telemetry()::noLag);
  }

  /// No new records; what is at hand may end, if it does so soon. Then all of it is committed.
  private void drain() {
    consumer.pause(consumer.assignment());
    long until = System.nanoTime() + DRAIN.toNanos();
    while (System.nanoTime() < until && !isQuiet()) {
      polled(Duration.ofMillis(5));
    }
    commits.finish(partitions.sessions());
  }

  private boolean isQuiet() {
    return partitions.sessions().values().stream().allMatch(PartitionSession::isQuiet);
  }

  // From any thread.

  /// Cuts a running poll short, and nothing else: a wake-up must not hit a commit.
  void wakeUp() {
    if (isPolling) {
      consumer.wakeup();
    }
  }

  private void breaks(Throwable cause) {
    broken = cause;
    wakeUp();
  }

  void external(CallId call, Object message) {
    for (PartitionSession session : partitions.sessions().values()) {
      if (session.external(call, message)) {
        return;
      }
    }
  }

  Partitions partitions() {
    return partitions;
  }

  /// How long ago the poll thread came round.
  Duration sinceLastRound() {
    return Duration.ofNanos(System.nanoTime() - polledNanos);
  }
}
