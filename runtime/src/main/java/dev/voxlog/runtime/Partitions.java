package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which partitions a stage holds, and the session of each that has been taken over.
///
/// Partitions come and go on the poll thread, inside its polls. A takeover runs on a thread of its
/// own and hands its result back as an errand; it counts only if the partition has not gone
/// meanwhile, which its claim tells. `claims` is read by the takeover thread, `sessions` by any;
/// the rest belongs to the poll thread.
final class Partitions implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Partitions.class);
  private static final long NOT_ASSIGNED = Long.MIN_VALUE;
  private static final Duration HOLDS_NOTHING = Duration.ofSeconds(3);
  private static final Duration RECLAIM_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final StageContext context;
  private final StageClients clients;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicCatalogue topics;
  private final Commits commits;
  private final Life life;
  private final Set<TopicPartition> held = new HashSet<>();
  private final Map<Integer, PartitionSession> sessions = new ConcurrentHashMap<>();
  private final Map<Integer, PartitionSession> revoked = new HashMap<>();
  private final Map<Integer, Long> claims = new ConcurrentHashMap<>();
  private final ExecutorService takeovers;
  private long lastClaim;
  private long reclaimedNanos = System.nanoTime() - RECLAIM_EVERY.toNanos();
  private volatile long assignedNanos = NOT_ASSIGNED;

  /// What the loop that polls offers: `errands` are run by it, soon, once it is woken; `gone` is
  /// told of partitions that are held no more; `broken` ends it.
  record Life(
      Queue<Runnable> errands,
      Runnable wakeUp,
      java.util.function.Consumer<Collection<TopicPartition>> gone,
      java.util.function.Consumer<Throwable> broken,
      java.util.function.BooleanSupplier isStopping) {}

  Partitions(StageContext context, StageClients clients, Commits commits, Life life) {
    this.context = context;
    this.clients = clients;
    this.consumer = clients.consumer();
    this.topics = clients.topics();
    this.commits = commits;
    this.life = life;
    String name = context.stage().name().id() + "-takeover";
    takeovers =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  Map<Integer, PartitionSession> sessions() {
    return sessions;
  }

  /// True once the group has told what this member holds, and all of it has been taken over. A
  /// first answer of nothing at all is believed after a while only.
  boolean isReady() {
    long assigned = assignedNanos;
    return assigned != NOT_ASSIGNED
        && sessions.keySet().containsAll(claims.keySet())
        && (!sessions.isEmpty() || System.nanoTime() - assigned > HOLDS_NOTHING.toNanos());
  }

  private Set<TopicPartition> inputs(int partition) {
    Set<TopicPartition> inputs = new HashSet<>();
    for (Topic input : context.stage().inputs()) {
      inputs.add(new TopicPartition(topics.name(input), partition));
    }
    return inputs;
  }

  private static Set<Integer> numbers(Collection<TopicPartition> of) {
    Set<Integer> numbers = new TreeSet<>();
    of.forEach(tp -> numbers.add(tp.partition()));
    return numbers;
  }

  // Rebalances.

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    assignedNanos = assignedNanos == NOT_ASSIGNED ? System.nanoTime() : assignedNanos;
    held.addAll(assigned);
    consumer.pause(assigned);
    Set<Integer> claimed = new TreeSet<>();
    for (int partition : numbers(assigned)) {
      if (held.containsAll(inputs(partition)) && !isBack(partition)) {
        claims.put(partition, ++lastClaim);
        claimed.add(partition);
      }
    }
    closeRevoked();
    if (!claimed.isEmpty()) {
      Map<Integer, Long> wanted = new TreeMap<>(claims);
      wanted.keySet().retainAll(claimed);
      takeovers.execute(() -> takeOver(wanted));
    }
  }

  /// An eager group takes all partitions away before it gives them out anew; one that comes back
  /// goes on as it was.
  private boolean isBack(int partition) {
    PartitionSession session = revoked.remove(partition);
    if (session == null || session.isClosed()) {
      return sessions.containsKey(partition);
    }
    for (Topic input : context.stage().inputs()) {
      TopicPartition of = new TopicPartition(topics.name(input), partition);
      session.position(input).ifPresent(next -> consumer.seek(of, next));
    }
    sessions.put(partition, session);
    claims.put(partition, ++lastClaim);
    return true;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> gone) {
    Map<Integer, PartitionSession> ending = new HashMap<>(sessions);
    ending.keySet().retainAll(numbers(gone));
    commits.finish(ending);
    if (clients.isEager() && !life.isStopping().getAsBoolean()) {
      revoked.putAll(ending);
      sessions.keySet().removeAll(ending.keySet());
    }
    drop(gone);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> gone) {
    drop(gone);
    closeRevoked();
  }

  private void drop(Collection<TopicPartition> gone) {
    held.removeAll(gone);
    commits.forget(gone);
    life.gone().accept(gone);
    for (int partition : numbers(gone)) {
      claims.remove(partition);
      closed(sessions.remove(partition));
    }
  }

  /// Takes over anew what a later marker made void though the group says that it is ours: somebody
  /// who was to have it for a moment wrote that marker after ours. Once a second at most, since a
  /// rival group would answer each time.
  void reclaim() {
    if (System.nanoTime() - reclaimedNanos < RECLAIM_EVERY.toNanos()) {
      return;
    }
    Map<Integer, Long> wanted = new TreeMap<>();
    sessions.forEach((partition, session) -> {
      if (session.isClosed() && context.ownership().isConfirmed()) {
        wanted.put(partition, ++lastClaim);
      }
    });
    if (wanted.isEmpty()) {
      return;
    }
    reclaimedNanos = System.nanoTime();
    log.warn(
        "{} takes partitions {} over anew: another's late marker came after its own; "
            + "if this goes on, two groups write to the same topics",
        context.stage().name().id(),
        wanted.keySet());
    claims.putAll(wanted);
    wanted.keySet().forEach(partition -> closed(sessions.remove(partition)));
    takeovers.execute(() -> takeOver(wanted));
  }

  private static void closed(@Nullable PartitionSession session) {
    if (session != null) {
      session.close();
    }
  }

  private void closeRevoked() {
    revoked.values().forEach(PartitionSession::close);
    revoked.clear();
  }

  // The takeover thread.

  private void takeOver(Map<Integer, Long> wanted) {
    long begun = System.nanoTime();
    Duration wait = FIRST_WAIT;
    while (!life.isStopping().getAsBoolean()) {
      wanted.entrySet().removeIf(claim -> !claim.getValue().equals(claims.get(claim.getKey())));
      if (wanted.isEmpty()) {
        return;
      }
      try (Takeover takeover = clients.takeover(context)) {
        Map<Integer, Takeover.Result> results = takeover.take(wanted.keySet());
        life.errands().add(() -> own(results, wanted, begun));
        life.wakeUp().run();
        return;
      } catch (InterruptedException | InterruptException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception e) {
        String name = context.stage().name().id();
        log.error(
            "{} cannot take over partitions {} yet: {}", name, wanted.keySet(), FailureTrace.of(e));
        context.telemetry().error(context.stage().name(), "takeover failed");
        wait = paused(wait);
      }
    }
  }

  private static Duration paused(Duration wait) {
    try {
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration longer = wait.multipliedBy(2);
    return longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
  }

  // The poll thread again.

  private void own(Map<Integer, Takeover.Result> results, Map<Integer, Long> wanted, long begun) {
    results.forEach((partition, result) -> {
      if (wanted.getOrDefault(partition, 0L).equals(claims.get(partition))) {
        result
            .starts()
            .forEach((topic, offset) ->
                consumer.seek(new TopicPartition(topics.name(topic), partition), offset));
        PartitionSession session = new PartitionSession(partition, result, context, life.broken());
        sessions.put(partition, session);
        session.begin();
        context.telemetry().takeover(result.calls().size(), (System.nanoTime() - begun) / 1e6);
      }
    });
    log.info(
        "{} owns partitions {}", context.stage().name().id(), new TreeSet<>(sessions.keySet()));
  }

  /// Gives everything up without a commit; for the end of a life.
  void close() {
    takeovers.shutdownNow();
    drop(Set.copyOf(held));
    closeRevoked();
  }
}
