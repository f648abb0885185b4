package dev.voxlog.runtime;

import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One life of the echo stage on a mocked consumer, with all that a test may hold back or spoil.
final class MockedStage implements StageClients, AutoCloseable {
  static final int RECORDS_IN_BUDGET = 10;

  private static final int BUDGET = RECORDS_IN_BUDGET * 500;
  private static final Duration SOON = Duration.ofSeconds(20);

  final MockedConsumer consumer = new MockedConsumer();
  final MockedTakeovers takeovers = new MockedTakeovers();
  private final MemoryWriter writer = new MemoryWriter();
  private final MarkedCodec codec = new MarkedCodec();
  private final HandClock clock = new HandClock();
  private final EnginePool engines = new EnginePool(1);
  private final ByteBudget budget = new ByteBudget(BUDGET);
  private final Meters meters = new Meters();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final ConcurrentLinkedQueue<Runnable> heldMail = new ConcurrentLinkedQueue<>();
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private final EchoStage stage = new EchoStage(this::work);
  final StageContext context;
  private final StageLife life;
  private final Thread thread;
  private volatile CountDownLatch engine = new CountDownLatch(0);
  private volatile boolean isMailHeld;
  private volatile boolean isEager;
  private volatile boolean isStopping;
  private volatile @Nullable Throwable broken;

  MockedStage() {
    context =
        new StageContext(
            stage,
            codec,
            writer,
            ownership(),
            new Telemetry(meters.telemetry(), stage.name(), "group"),
            this::deliver,
            new StageContext.Resources(
                clock, engines, TestCalls.AGENTS, budget, Duration.ofSeconds(30)));
    life = new StageLife(context, this, () -> isStopping);
    thread = Thread.ofPlatform().name("mocked-poll").unstarted(this::run);
  }

  private void run() {
    try {
      life.run();
    } catch (RuntimeException e) {
      broken = e;
    }
  }

  private String work(String text) {
    asked.incrementAndGet();
    try {
      engine.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }

  private void deliver(Runnable mail) {
    if (isMailHeld) {
      heldMail.add(mail);
    } else {
      threads.execute(mail);
    }
  }

  // What a test does.

  void start() {
    thread.start();
  }

  /// Starts; the partition is held, and the call has started.
  void begin(CallId call) {
    start();
    assign();
    add(TestCalls.started(call));
  }

  void stop() {
    isStopping = true;
    life.wakeUp();
    try {
      thread.join(SOON.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void assign() {
    assignOnly(new TopicPartition("calls", 0), new TopicPartition("transcripts", 0));
  }

  void assignOnly(TopicPartition... partitions) {
    consumer.onPoll(() -> {
      for (TopicPartition partition : partitions) {
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        ends.putIfAbsent(partition, 0L);
      }
      consumer.updateEndOffsets(ends);
      consumer.rebalance(List.of(partitions));
    });
  }

  void revoke() {
    consumer.onPoll(() -> consumer.rebalance(List.of()));
  }

  /// As an eager group does it: all is taken and given out anew within a poll, and read from the
  /// last commit on.
  void rebalance() {
    consumer.onPoll(() -> {
      Set<TopicPartition> all = new HashSet<>(consumer.assignment());
      life.partitions().onPartitionsRevoked(all);
      all.forEach(partition -> consumer.seek(partition, 0));
      life.partitions().onPartitionsAssigned(all);
    });
  }

  void eager() {
    isEager = true;
  }

  void add(VoxEvent event) {
    add(Topic.of(event), codec.encode(event));
  }

  void addOfUnknownSchema(VoxEvent event) {
    add(Topic.of(event), MarkedCodec.ofUnknownSchema(event));
  }

  void add(Topic topic, byte[] value) {
    TopicPartition partition = new TopicPartition(topic.id(), 0);
    consumer.onPoll(() -> {
      long offset = ends.getOrDefault(partition, 0L);
      ends.put(partition, offset + 1);
      consumer.updateEndOffsets(Map.of(partition, offset + 1));
      consumer.addRecord(new ConsumerRecord<>(topic.id(), 0, offset, "call".getBytes(), value));
    });
  }

  void callsEndAt(long offset) {
    consumer.onPoll(
        () -> consumer.updateEndOffsets(Map.of(new TopicPartition("calls", 0), offset)));
  }

  void holdEngine() {
    engine = new CountDownLatch(1);
  }

  void releaseEngine() {
    engine.countDown();
  }

  void holdMailboxes() {
    isMailHeld = true;
  }

  void releaseMailboxes() {
    isMailHeld = false;
    for (Runnable mail = heldMail.poll(); mail != null; mail = heldMail.poll()) {
      threads.execute(mail);
    }
  }

  void registryDown(boolean isDown) {
    codec.isRegistryDown = isDown;
  }

  void failCommits(int times) {
    consumer.failingCommits.set(times);
  }

  // What a test sees.

  void awaitRounds(int more) {
    int until = consumer.rounds.get() + more;
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(SOON)
        .until(() -> consumer.rounds.get() >= until);
  }

  /// Time goes on in small steps, while the stage does too.
  void awaitAdvance(Duration by) {
    for (Duration gone = Duration.ZERO; gone.compareTo(by) < 0; gone = gone.plusMillis(100)) {
      clock.advance(Duration.ofMillis(100));
      awaitRounds(2);
    }
  }

  void advance(Duration by) {
    clock.advance(by);
  }

  void awaitUnderstood(int utterances) {
    await().atMost(SOON).until(() -> understood().contains(utterances));
  }

  void awaitAsked() {
    await().atMost(SOON).until(() -> asked.get() > 0);
  }

  void awaitStopping() {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(SOON)
        .until(() -> isStopping);
    awaitRounds(3);
  }

  List<Integer> understood() {
    return written().stream()
        .filter(Understood.class::isInstance)
        .map(event -> ((Understood) event).utterance())
        .toList();
  }

  /// How the stage numbers what it understood.
  List<Integer> numbers() {
    return written().stream()
        .filter(Understood.class::isInstance)
        .map(event -> (int) ((Understood) event).confidence())
        .toList();
  }

  List<VoxEvent> written() {
    return List.copyOf(writer.written);
  }

  List<String> letters() {
    return List.copyOf(writer.letters);
  }

  /// The calls whose steps were closed.
  Set<CallId> closed() {
    return stage.closed;
  }

  long budgetTaken() {
    return budget.taken();
  }

  boolean isBehind() {
    return context.isBehind();
  }

  Set<Integer> partitions() {
    return life.partitions().sessions().keySet();
  }

  boolean isReady() {
    return life.partitions().isReady();
  }

  Set<TopicPartition> paused() {
    return consumer.seenPaused;
  }

  List<Map<TopicPartition, OffsetAndMetadata>> commits() {
    return List.copyOf(consumer.commits);
  }

  /// The last committed offset, −1 before the first.
  long committed(TopicPartition partition) {
    return lastCommit(partition).map(OffsetAndMetadata::offset).orElse(-1L);
  }

  /// What the last commit said beside the offset.
  String metadata(TopicPartition partition) {
    return lastCommit(partition).map(OffsetAndMetadata::metadata).orElse("");
  }

  private Optional<OffsetAndMetadata> lastCommit(TopicPartition partition) {
    return commits().stream()
        .map(commit -> commit.get(partition))
        .filter(offset -> offset != null)
        .reduce((_, last) -> last);
  }

  Meters meters() {
    return meters;
  }

  @Nullable Throwable broken() {
    return broken;
  }

  // The stage's clients.

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  @Override
  public MemoryWriter writer() {
    return writer;
  }

  @Override
  public OwnershipWatch ownership() {
    return new OwnershipWatch(Duration.ofSeconds(1), consumer.heartbeats::get, System::nanoTime);
  }

  @Override
  public TopicCatalogue topics() {
    return TopicCatalogue.standard();
  }

  @Override
  public Takeover takeover(StageContext context) {
    return takeovers.begin();
  }

  @Override
  public boolean isMisrouted(CallId call, int partition) {
    return false;
  }

  @Override
  public boolean isEager() {
    return isEager;
  }

  @Override
  public void close() {
    releaseEngine();
    takeovers.release();
    releaseMailboxes();
    stop();
    engines.close();
  }
}
