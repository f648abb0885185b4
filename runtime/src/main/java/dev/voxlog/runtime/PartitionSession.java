package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One partition while this process owns it: its epoch, its fences, its live calls and how far it
/// may commit.
///
/// Threads: dispatching, progress and closing belong to the poll thread, so `fences`, `ownFences`,
/// `past` and `readTo` need no guard. The methods of [CallHome] are called from mailboxes; `ownEnd`
/// and `actors` are concurrent.
final class PartitionSession implements CallHome {
  private final int partition;
  private final long epoch;
  private final StageContext context;
  private final Consumer<Throwable> broken;
  private final Fences fences;
  private final Fences ownFences;
  private final Map<CallId, CallActor> actors = new ConcurrentHashMap<>();
  private final PastCalls past = new PastCalls();
  private final SafePoints aside = new SafePoints();
  private final Map<Topic, Long> readTo = new EnumMap<>(Topic.class);
  private final Map<Topic, AtomicLong> ownEnd = new EnumMap<>(Topic.class);
  private volatile boolean hasCaughtUp;
  private volatile boolean isAskedWhetherCaughtUp;
  private volatile boolean isClosed;

  /// How far the partition's inputs may be committed, and what the next owner must know.
  record Progress(Map<Topic, Long> bounds, CommitNote note) {}

  /// `broken` is told when a record cannot be written although that was tried for long: the stage
  /// cannot go on like this.
  PartitionSession(
      int partition, Takeover.Result taken, StageContext context, Consumer<Throwable> broken) {
    this.partition = partition;
    this.epoch = taken.epoch();
    this.context = context;
    this.broken = broken;
    this.fences = Fences.startingWith(taken.note().fences());
    this.ownFences = taken.ownFences();
    taken.markers().forEach((topic, offset) -> ownEnd.put(topic, new AtomicLong(offset + 1)));
    taken.ended().forEach(past::ended);
    taken
        .calls()
        .forEach((call, restoration) -> {
          CallActor actor = actors.computeIfAbsent(call, _ -> begun(call, restoration));
          taken.tails().forEach(actor.safePoints::startTail);
        });
  }

  // Poll thread.

  /// Lets the inherited calls go on, once this session is known: what the stage's sockets answer
  /// them would not find them before.
  void begin() {
    actors.values().forEach(CallActor::revive);
  }

  /// Hands a record to its call, unless it is void, bookkeeping, or of a call that is over.
  void dispatch(Arrival arrival, long recordEpoch) {
    readTo.put(arrival.topic(), arrival.offset() + 1);
    VoxEvent event = arrival.event();
    OptionalLong marker = Bookkeeping.ownerEpoch(event, arrival.offset());
    if (marker.isPresent()) {
      owned(arrival, marker.getAsLong());
      return;
    }
    boolean isFenced = event.writer() != StageName.INGRESS;
    if (isFenced
        && !fences.admits(arrival.topic(), event.writer(), recordEpoch, arrival.offset())) {
      context.telemetry().voided(arrival.topic());
      return;
    }
    CallId call = event.callId();
    if (call != null && Checkpoint.bytesOf(event) == null && !past.isEnded(call)) {
      actor(call).receive(arrival);
    }
  }

  /// Somebody owns a stage of this partition from here on; if it is this stage, and not we, we have
  /// been succeeded.
  private void owned(Arrival arrival, long marker) {
    StageName writer = arrival.event().writer();
    fences.raise(arrival.topic(), writer, marker, arrival.offset());
    if (writer == context.stage().name() && marker > epoch) {
      isClosed = true;
    }
  }

  /// A record that carries nothing for a step: read past it.
  void skip(Topic topic, long offset) {
    readTo.put(topic, offset + 1);
  }

  /// A record that no call can be given.
  void putAside(LogWriter.DeadLetter letter) {
    Topic topic = letter.origin().topic();
    long offset = letter.origin().offset();
    aside.received(topic, offset);
    write(letter, aside);
    long[] next = SafePoints.none();
    next[topic.ordinal()] = offset + 1;
    aside.passed(next);
    skip(topic, offset);
  }

  boolean isAskedWhetherCaughtUp() {
    return isAskedWhetherCaughtUp;
  }

  /// Whether all of `calls` that there is has been read.
  void caughtUp(boolean isCaughtUp) {
    hasCaughtUp = isCaughtUp;
    isAskedWhetherCaughtUp = false;
  }

  private CallActor actor(CallId call) {
    return actors.computeIfAbsent(
        call,
        id -> {
          Restoration back = past.takeBack(id);
          return begun(id, back == null ? Restoration.none(codec()) : back);
        });
  }

  private CallActor begun(CallId call, Restoration restoration) {
    CallActor actor = new CallActor(call, this, restoration);
    ownEnd.forEach((topic, end) -> actor.safePoints.startTail(topic, end.get()));
    context.telemetry().active(1);
    return actor;
  }

  /// A message from the stage's own sockets; false when the call is not at home here.
  boolean external(CallId call, Object message) {
    CallActor actor = actors.get(call);
    if (actor != null) {
      actor.external(message);
    }
    return actor != null;
  }

  /// What may be committed: nothing that a live call still needs is passed over. Empty once another
  /// owner is known of.
  Progress progress() {
    forgetFinished();
    Map<Topic, Long> bounds = new EnumMap<>(Topic.class);
    if (isClosed) {
      return new Progress(bounds, CommitNote.none());
    }
    readTo.forEach((topic, next) -> {
      long bound = aside.neededFrom(topic, next);
      for (CallActor actor : actors.values()) {
        bound = actor.neededFrom(topic, bound);
      }
      bounds.put(topic, bound);
    });
    Map<Topic, Long> tails = tails();
    Map<Topic, Long> ownEpochs = new EnumMap<>(Topic.class);
    ownFences.before(tails).forEach((fence, own) -> ownEpochs.put(fence.topic(), own));
    return new Progress(bounds, new CommitNote(fences.before(bounds), tails, ownEpochs));
  }

  private Map<Topic, Long> tails() {
    Map<Topic, Long> tails = new EnumMap<>(Topic.class);
    ownEnd.forEach((topic, end) -> {
      long tail = end.get();
      for (CallActor actor : actors.values()) {
        tail = actor.safePoints.tailFrom(topic, tail);
      }
      tails.put(topic, tail);
    });
    return tails;
  }

  private void forgetFinished() {
    actors.forEach((call, actor) -> {
      if (actor.isFinished()) {
        forget(call);
        past.ended(call);
      } else if (actor.isForgotten()) {
        forget(call);
        past.rests(call, actor.restoration());
        actor.abandon();
      }
    });
  }

  private void forget(CallId call) {
    actors.remove(call);
    context.telemetry().active(-1);
  }

  /// Whether records of a call wait until more of `calls` is read.
  boolean isWaitingForCalls() {
    return actors.values().stream().anyMatch(CallActor::isWaitingForCalls);
  }

  /// The next offset of an input that has been read, empty before the first record.
  OptionalLong position(Topic topic) {
    Long next = readTo.get(topic);
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }

  int liveCalls() {
    return actors.size();
  }

  /// True when no call is handling, asking or writing anything, and all put aside is written.
  boolean isQuiet() {
    return aside.isAllWritten() && actors.values().stream().allMatch(CallActor::isQuiet);
  }

  void measure() {
    actors.values().forEach(actor -> context.telemetry().mailboxDepth(actor.waitingMs()));
  }

  /// From here on nothing is written; what the calls hold outside the log is let go.
  void close() {
    isClosed = true;
    context.telemetry().active(-actors.size());
    actors.values().forEach(CallActor::abandon);
  }

  // Mailboxes.

  @Override
  public void write(CallActor actor, VoxEvent event, Because because, long[] seen) {
    if (isClosed) {
      return;
    }
    Topic topic = Topic.of(event);
    long ticket = actor.safePoints.sent();
    context
        .writer()
        .write(topic, partition, actor.id(), event, origin(because, seen))
        .whenComplete((offset, failure) -> {
          if (failure == null) {
            advance(topic, offset + 1);
            actor.acknowledged(event);
            actor.safePoints.acknowledged(ticket);
          } else if (LogWriter.isOfTheRecord(failure)) {
            actor.refused(event, failure);
            actor.safePoints.acknowledged(ticket);
          } else {
            lost(failure, "record not written");
          }
        });
  }

  /// The record's ticket stays open: nothing is committed over what is missing in the log, and the
  /// next life reads it again.
  private void lost(Throwable failure, String reason) {
    if (!isClosed) {
      context.telemetry().error(stage().name(), reason);
      broken.accept(failure);
    }
  }

  private LogWriter.Origin origin(Because because, long[] seen) {
    Map<Topic, Long> others = new EnumMap<>(Topic.class);
    for (Topic input : stage().inputs()) {
      boolean isCause = because.cause() != null && because.cause().topic() == input;
      if (!isCause && seen[input.ordinal()] != SafePoints.NONE) {
        others.put(input, seen[input.ordinal()]);
      }
    }
    return new LogWriter.Origin(epoch, because.cause(), others, because.traceparent());
  }

  private void advance(Topic topic, long end) {
    AtomicLong known = ownEnd.get(topic);
    if (known != null) {
      known.accumulateAndGet(end, Math::max);
    }
  }

  @Override
  public long[] ownEnds() {
    long[] ends = SafePoints.none();
    ownEnd.forEach((output, end) -> ends[output.ordinal()] = end.get());
    return ends;
  }

  @Override
  public void deadLetter(CallActor actor, Arrival arrival, String reason, String detail) {
    CallId call = actor.id();
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    write(
        new LogWriter.DeadLetter(arrival.cause(), call, key, arrival.raw(), reason, detail),
        actor.safePoints);
  }

  /// Until the broker has the letter, `points` do not move past its record.
  private void write(LogWriter.DeadLetter letter, SafePoints points) {
    context.telemetry().deadLetter(stage().name(), letter.reason());
    long ticket = points.sent();
    context
        .writer()
        .deadLetter(letter)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            points.acknowledged(ticket);
          } else if (LogWriter.isOfTheRecord(failure)) {
            context.telemetry().error(stage().name(), "dead letter refused");
            points.acknowledged(ticket);
          } else {
            lost(failure, "dead letter not written");
          }
        });
  }

  @Override
  public EnginePool.Run compute(
      String key, Effects.Urgency urgency, Cancellation cancellation, Runnable work) {
    return context.resources().engines().run(urgency, work);
  }

  @Override
  public Stage stage() {
    return context.stage();
  }

  @Override
  public LogCodec codec() {
    return context.codec();
  }

  @Override
  public VoxClock clock() {
    return context.resources().clock();
  }

  @Override
  public AgentBundles agents() {
    return context.resources().agents();
  }

  @Override
  public Telemetry telemetry() {
    return context.telemetry();
  }

  @Override
  public ByteBudget budget() {
    return context.resources().budget();
  }

  @Override
  public Executor executor() {
    return context.mailboxes();
  }

  @Override
  public boolean isBehind() {
    return context.isBehind();
  }

  @Override
  public Duration mailboxBound() {
    return context.resources().mailboxBound();
  }

  @Override
  public boolean hasCaughtUp() {
    isAskedWhetherCaughtUp = true;
    return hasCaughtUp;
  }

  @Override
  public boolean isOwnershipConfirmed() {
    return !isClosed && context.ownership().isConfirmed();
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }
}
