package dev.voxlog.runtime;

import dev.voxlog.runtime.CallHome.Because;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One call at one stage without Kafka and without threads: the log is a list in memory, engines
/// run when told to, and everything else is what a running stage does with a call.
///
/// Confined to one thread.
public final class LoneCall {
  private static final long NO_TAIL = Long.MAX_VALUE;

  private final Stage stage;
  private final CallId id;
  private final AgentBundles agents;
  private final VoxClock clock;
  private final LogCodec codec = new PlainLogCodec();
  private final Telemetry telemetry;
  private final List<Entry> log = new ArrayList<>();

  /// From where each output's own records are read at a takeover: those before are known from the
  /// last checkpoint alone.
  private final Map<Topic, Long> tails = new EnumMap<>(Topic.class);

  private final List<String> deadLetters = new ArrayList<>();
  private Worker worker;
  private CallActor actor;
  private boolean isAcknowledging = true;
  private boolean isCheckpointing = true;
  private boolean isMailboxHeld;
  private final List<Runnable> heldMail = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private boolean isOwnershipConfirmed = true;
  private boolean areCallsBehind;
  private boolean isBehind;

  /// A record of the log.
  private record Entry(
      Topic topic, long offset, VoxEvent event, boolean isOwn, WireHeaders.@Nullable Cause cause) {}

  /// The call is opened by its STARTED; time is the given clock's.
  public LoneCall(Stage stage, CallId id, AgentBundles agents, VoxClock clock) {
    this.stage = stage;
    this.id = id;
    this.agents = agents;
    this.clock = clock;
    this.telemetry = new Telemetry(OpenTelemetry.noop(), stage.name(), "lone");
    this.worker = new Worker(1);
    this.actor = new CallActor(id, worker, Restoration.none(codec));
  }

  /// Appends a record of another writer to its topic, and hands it over if the stage reads that.
  public void give(VoxEvent event) {
    deliver(append(event, false, null));
  }

  /// A worker that has written no checkpoint leaves the tail of its predecessor in place.
  private static long later(long before, long tail) {
    return tail == NO_TAIL ? before : Math.max(before, tail);
  }

  private Entry append(VoxEvent event, boolean isOwn, WireHeaders.@Nullable Cause cause) {
    Topic topic = Topic.of(event);
    long offset = log.stream().filter(entry -> entry.topic == topic).count();
    Entry entry = new Entry(topic, offset, event, isOwn, cause);
    log.add(entry);
    return entry;
  }

  private void deliver(Entry entry) {
    boolean isInput = stage.inputs().contains(entry.topic);
    if (isInput && Checkpoint.bytesOf(entry.event) == null) {
      actor.receive(
          new Arrival(
              entry.topic, 0, entry.offset, 0, entry.event, new byte[0], null, entry.isOwn));
    }
  }

  public void external(Object message) {
    actor.external(message);
  }

  // Engines.

  /// Keys of the engine work asked for, not cancelled and not yet run, oldest first.
  public Set<String> asked() {
    worker.asked.values().removeIf(work -> work.cancellation.isCancelled());
    return worker.asked.keySet();
  }

  /// Runs the work asked for under this key.
  public void run(String key) {
    Work work = worker.asked.remove(key);
    if (work != null) {
      work.task.run();
    }
  }

  /// Gives an answer in an engine's place.
  public void answer(String key, Input answer) {
    worker.asked.remove(key);
    actor.answer(key, answer);
  }

  // The log.

  /// What the stage has written, without its bookkeeping; what is not acknowledged too.
  public List<VoxEvent> written() {
    List<VoxEvent> written = new ArrayList<>();
    log.stream()
        .filter(entry -> entry.isOwn && Checkpoint.bytesOf(entry.event) == null)
        .forEach(entry -> written.add(entry.event));
    worker.unacknowledged.stream()
        .map(Unacknowledged::event)
        .filter(event -> Checkpoint.bytesOf(event) == null)
        .forEach(written::add);
    return written;
  }

  /// The reasons for which records of the call were put aside.
  public List<String> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /// From here on nothing is acknowledged until [#acknowledge]; a worker that dies before loses
  /// those records.
  public void holdAcknowledgements() {
    isAcknowledging = false;
  }

  public void acknowledge() {
    isAcknowledging = true;
    List<Unacknowledged> held = List.copyOf(worker.unacknowledged);
    worker.unacknowledged.clear();
    held.forEach(each -> worker.acknowledge(actor, each));
  }

  /// From here on no checkpoint is taken, as within the time for which a resting step goes without.
  public void holdCheckpoints() {
    isCheckpointing = false;
  }

  /// From here on the call handles nothing until [#releaseMailbox], as when its thread does not get
  /// on.
  public void holdMailbox() {
    isMailboxHeld = true;
  }

  public void releaseMailbox() {
    isMailboxHeld = false;
    List<Runnable> held = List.copyOf(heldMail);
    heldMail.clear();
    held.forEach(Runnable::run);
  }

  /// The worker dies and another takes the call over from the log. `first`, if given, is the topic
  /// whose records it reads before all others: between topics there is no order.
  public void takeOver(@Nullable Topic first) {
    worker.isDead = true;
    stage
        .outputs()
        .forEach(output ->
            tails.put(
                output,
                later(tails.getOrDefault(output, 0L), actor.safePoints.tailFrom(output, NO_TAIL))));
    Worker next = new Worker(worker.epoch + 1);
    Restoration restoration = new Restoration(codec, true);
    List<Entry> own =
        log.stream()
            .filter(entry -> entry.isOwn && entry.offset >= tails.getOrDefault(entry.topic, 0L))
            .toList();
    own.stream()
        .sorted(Comparator.comparing(entry -> entry.topic != stage.checkpointTopic()))
        .forEach(entry -> restoration.found(entry.event, entry.offset, entry.cause));
    isAcknowledging = true;
    worker = next;
    actor = new CallActor(id, next, restoration.seal());
    actor.revive();
    log.stream()
        .sorted(Comparator.comparing(entry -> entry.topic != first))
        .toList()
        .forEach(this::deliver);
  }

  /// The first offset of each input that would be needed again, where there is one.
  public long neededFrom(Topic topic, long otherwise) {
    return actor.neededFrom(topic, otherwise);
  }

  /// True once the step has ended, or its call has.
  public boolean isOver() {
    return actor.isFinished();
  }

  /// The step, once the call is open.
  public CallStep step() {
    CallStep step = actor.step();
    if (step == null) {
      throw new IllegalStateException("the call is not open: it has no STARTED, or no agent file");
    }
    return step;
  }

  public void ownershipConfirmed(boolean isConfirmed) {
    isOwnershipConfirmed = isConfirmed;
  }

  /// Whether the stage has more to do than it does in time.
  public void behind(boolean isStageBehind) {
    isBehind = isStageBehind;
  }

  /// Whether there is more in `calls` than was given.
  public void callsAreBehind(boolean areBehind) {
    areCallsBehind = areBehind;
  }

  /// Whose time was up before they were run, by key.
  public List<String> givenUp() {
    return List.copyOf(givenUp);
  }

  private record Work(Cancellation cancellation, Runnable task) {}

  /// A record sent, with its ticket.
  private record Unacknowledged(VoxEvent event, Because because, long ticket) {}

  /// The worker that has the call for the time being.
  private final class Worker implements CallHome {
    private final long epoch;
    private final Map<String, Work> asked = new LinkedHashMap<>();
    private final List<Unacknowledged> unacknowledged = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);
    private boolean isDead;

    Worker(long epoch) {
      this.epoch = epoch;
    }

    @Override
    public void write(CallActor from, VoxEvent event, Because because, long[] seen) {
      Unacknowledged sent = new Unacknowledged(event, because, from.safePoints.sent());
      if (isAcknowledging) {
        acknowledge(from, sent);
      } else {
        unacknowledged.add(sent);
      }
    }

    private void acknowledge(CallActor from, Unacknowledged sent) {
      Entry entry = append(sent.event, true, sent.because.cause());
      from.acknowledged(sent.event);
      from.safePoints.acknowledged(sent.ticket);
      deliver(entry);
    }

    @Override
    public long[] ownEnds() {
      long[] ends = SafePoints.none();
      for (Topic output : stage.outputs()) {
        ends[output.ordinal()] = log.stream().filter(entry -> entry.topic == output).count();
      }
      return ends;
    }

    @Override
    public EnginePool.Run compute(
        String key, Effects.Urgency urgency, Cancellation cancellation, Runnable work) {
      asked.remove(key);
      asked.put(key, new Work(cancellation, work));
      return () -> givenUp.add(key);
    }

    @Override
    public void deadLetter(CallActor from, Arrival arrival, String reason, String detail) {
      deadLetters.add(detail.isEmpty() ? reason : reason + ": " + detail);
    }

    @Override
    public Stage stage() {
      return stage;
    }

    @Override
    public LogCodec codec() {
      return codec;
    }

    @Override
    public VoxClock clock() {
      return clock;
    }

    @Override
    public AgentBundles agents() {
      return agents;
    }

    @Override
    public Telemetry telemetry() {
      return telemetry;
    }

    @Override
    public ByteBudget budget() {
      return budget;
    }

    @Override
    public Executor executor() {
      return mail -> {
        if (isMailboxHeld) {
          heldMail.add(mail);
        } else {
          mail.run();
        }
      };
    }

    @Override
    public Duration mailboxBound() {
      return Duration.ofSeconds(30);
    }

    @Override
    public boolean isCheckpointing() {
      return isCheckpointing;
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public boolean isOwnershipConfirmed() {
      return isOwnershipConfirmed;
    }

    @Override
    public boolean isClosed() {
      return isDead;
    }

    @Override
    public boolean hasCaughtUp() {
      return !areCallsBehind;
    }

    @Override
    public boolean isBehind() {
      return isBehind;
    }
  }
}
