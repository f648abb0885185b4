package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.CallHome.Because;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call at one stage: its mailbox and its step, opened once the call is known and closed when
/// it is over.
///
/// Threads: [#receive], [#neededFrom] and the counts are for the poll thread; [#refused] and
/// [#acknowledged] for the producers' callbacks; all else runs in the mailbox. `safePoints` and
/// `load` guard themselves.
final class CallActor {
  private static final Logger log = LoggerFactory.getLogger(CallActor.class);
  private static final Duration KNOWN_CHECK = Duration.ofMillis(100);

  private final CallId id;
  private final CallHome home;
  private final Mailbox mailbox;
  private final MailboxLoad load;
  private final LiveCall call;
  private final Restoration restoration;
  private final RecentIdentities handled = new RecentIdentities();
  private final AttachFence attaches;
  private final EarlyRecords early = new EarlyRecords();
  private final long[] handledNext;
  private final StepEffects effects;
  private final Checkpoints checkpoints;
  private final Activity activity;
  final SafePoints safePoints = new SafePoints();

  private volatile @Nullable CallStep step;
  private boolean isWaitingForStarted;
  private volatile boolean isOver;
  private boolean isReleased;

  CallActor(CallId id, CallHome home, Restoration restoration) {
    this.id = id;
    this.home = home;
    this.restoration = restoration;
    this.mailbox = new Mailbox(home.executor());
    this.load = new MailboxLoad(home.mailboxBound());
    this.call = restoration.call(id);
    this.attaches = new AttachFence(call.attached());
    this.effects = new StepEffects(this, home, restoration);
    this.checkpoints = new Checkpoints(this, home, restoration.checkpoint());
    this.activity = new Activity(home.clock());
    this.handledNext = restoration.resumeFrom();
  }

  CallId id() {
    return id;
  }

  // From the poll thread.

  void receive(Arrival arrival) {
    if (isOver) {
      return;
    }
    Instant now = home.clock().now();
    boolean isAudio = arrival.topic() == Topic.AUDIO_IN;
    activity.came(now, isAudio);
    if (isAudio) {
      isReleased = false;
    }
    switch (load.admit(arrival, mailbox.depth() + early.count(), now)) {
      case MailboxLoad.Admission.Admitted _ -> admit(arrival, null);
      case MailboxLoad.Admission.AfterGap(var gap) -> admit(arrival, gap);
      case MailboxLoad.Admission.LeftOut(boolean isFirst) -> {
        if (isFirst) {
          home.telemetry().error(home.stage().name(), "mailbox full");
        }
      }
    }
  }

  private void admit(Arrival arrival, CallerAudio.@Nullable Gap gap) {
    safePoints.received(arrival.topic(), arrival.offset());
    home.budget().take(arrival.weight());
    mailbox.post(() -> take(arrival, gap));
  }

  /// Opens a restored call before any input arrives, so that one that only waits goes on too.
  void revive() {
    post(this::openIfKnown);
  }

  /// Gives an answer in the place of whoever was asked.
  void answer(String key, Input answer) {
    post(() -> {
      effects.cancel(key);
      deliver(answer, Because.NOTHING);
    });
  }

  @Nullable CallStep step() {
    return step;
  }

  void external(Object message) {
    post(() -> deliver(new Input.External(message), Because.NOTHING));
  }

  void post(Runnable message) {
    if (!isOver) {
      mailbox.post(message);
    }
  }

  /// Lets go of what the call holds here, since another worker goes on with it.
  void abandon() {
    mailbox.post(this::end);
  }

  long waitingMs() {
    return load.waitingMs();
  }

  /// True when nothing is being handled, asked or written.
  boolean isQuiet() {
    return mailbox.depth() == 0 && effects.open() == 0 && safePoints.isAllWritten();
  }

  boolean isFinished() {
    return isOver && safePoints.isAllWritten();
  }

  /// True when nothing came for so long that the call need not be kept at hand.
  boolean isForgotten() {
    return mailbox.depth() == 0 && !isWaitingForCalls() && activity.isForgotten(step != null);
  }

  /// With what a forgotten call goes on when it comes back, null if it was never known.
  @Nullable Restoration restoration() {
    Checkpoint last = checkpoints.last();
    return last == null ? null : Restoration.from(last, home.codec());
  }

  /// Whether there are records that cannot be handled before more of `calls` is read.
  boolean isWaitingForCalls() {
    return early.count() > 0;
  }

  /// The first offset of `topic` that the call still needs. A call without audio for a while, and
  /// without an engine at work for it, needs nothing.
  long neededFrom(Topic topic, long otherwise) {
    boolean isSuspended =
        home.stage().inputs().contains(Topic.AUDIO_IN)
            && mailbox.depth() == 0
            && !isWaitingForCalls()
            && effects.open() == 0
            && activity.isSuspended();
    if (isSuspended && !isReleased) {
      isReleased = true;
      safePoints.release();
    }
    return safePoints.neededFrom(topic, otherwise);
  }

  // From the producers' callbacks.

  void acknowledged(VoxEvent event) {
    effects.acknowledged(event);
  }

  /// The record itself cannot be written: the call goes on without it.
  void refused(VoxEvent event, Throwable cause) {
    effects.acknowledged(event);
    if (event instanceof CallEvent.Error) {
      home.telemetry().error(home.stage().name(), "record refused");
    } else {
      post(() -> effects.error("record refused", cause.getClass().getSimpleName()));
    }
  }

  // In the mailbox.

  private void take(Arrival arrival, CallerAudio.@Nullable Gap gap) {
    if (isOver || home.isClosed()) {
      letGo(arrival);
      return;
    }
    if (restoration.isHandled(arrival.topic(), arrival.offset()) || attaches.isVoid(arrival)) {
      passed(arrival);
      return;
    }
    if (arrival.event() instanceof CallEvent event) {
      call.observe(event);
    }
    if (step != null) {
      handle(arrival, gap);
      return;
    }
    early.add(new EarlyRecords.Early(arrival, gap, home.clock().now()));
    openIfKnown();
    if (step == null && arrival.event() instanceof CallEvent.Ended) {
      // It was over before this worker began: what is read of it once more is nobody's fault.
      end();
    }
    if (isWaitingForCalls() && !isWaitingForStarted) {
      isWaitingForStarted = true;
      waitForStarted();
    }
  }

  /// It waits no more.
  private void letGo(Arrival arrival) {
    load.taken(arrival);
    home.budget().giveBack(arrival.weight());
  }

  private void takeGap(CallerAudio.Gap gap, Arrival next) {
    effects.error("mailbox full", "audio was left out");
    deliver(new Input.Logged(gap, next.offset()), new Because(next.cause(), null));
  }

  /// A record that says nothing to the step.
  private void passed(Arrival arrival) {
    letGo(arrival);
    noteHandled(arrival);
    if (step != null) {
      settle();
    }
  }

  private void noteHandled(Arrival arrival) {
    int t = arrival.topic().ordinal();
    handledNext[t] = Math.max(handledNext[t], arrival.offset() + 1);
  }

  /// Puts aside what has waited for too long. The wait begins when all of `calls` has been read
  /// that was there, and it is the records that do not wait any longer: a later STARTED opens the
  /// call.
  private void waitForStarted() {
    openIfKnown();
    Instant now = home.clock().now();
    isWaitingForStarted = isWaitingForCalls() && !isOver && !home.isClosed();
    if (!isWaitingForStarted) {
      return;
    }
    if (!home.hasCaughtUp()) {
      early.callsAreBehind(now);
    }
    String reason = call.startedIfKnown() == null ? "call never started" : "unknown agent file";
    for (var late = early.overdue(now); late != null; late = early.overdue(now)) {
      putAside(late.arrival(), reason, "");
    }
    home.clock().schedule(KNOWN_CHECK, () -> post(this::waitForStarted));
  }

  private void putAside(Arrival arrival, String reason, String detail) {
    letGo(arrival);
    noteHandled(arrival);
    home.deadLetter(this, arrival, reason, detail);
    safePoints.passed(handledNext);
  }

  private void openIfKnown() {
    CallEvent.Started started = call.startedIfKnown();
    if (step != null || started == null || home.isClosed()) {
      return;
    }
    Optional<AgentBundle> agent = home.agents().find(started.agent());
    if (agent.isEmpty()) {
      return;
    }
    call.pin(agent.get());
    guarded(() -> step = restoration.open(home.stage(), call, effects), null);
    if (step == null) {
      for (var next = early.next(); next != null; next = early.next()) {
        putAside(next.arrival(), "step failed", "the call could not be opened");
      }
      end();
      return;
    }
    // Nothing is settled in between: what a part of them makes of the step is no condition to keep.
    restoration.own().forEach(event -> tell(new Input.Own(event), Because.NOTHING));
    if (restoration.isTakeover()) {
      deliver(new Input.Restored(), Because.NOTHING);
    }
    for (var next = early.next(); next != null; next = early.next()) {
      handle(next.arrival(), next.gap());
    }
  }

  private void handle(Arrival arrival, CallerAudio.@Nullable Gap gap) {
    letGo(arrival);
    if (gap != null) {
      takeGap(gap, arrival);
    }
    if (isOver) {
      return;
    }
    noteHandled(arrival);
    boolean isNews = !arrival.isOwn() && handled.isNew(arrival.topic(), arrival.event().identity());
    if (isNews) {
      home.telemetry().hop(arrival);
      effects.handling(arrival);
      checkpoints.outdated();
      guarded(() -> run(new Input.Logged(arrival.event(), arrival.offset())), arrival);
      effects.handled();
    }
    settle();
    if (arrival.event() instanceof CallEvent.Ended) {
      end();
    }
  }

  void deliver(Input input, Because why) {
    if (tell(input, why)) {
      settle();
    }
  }

  private boolean tell(Input input, Because why) {
    if (isOver || step == null || home.isClosed()) {
      return false;
    }
    activity.goesOn();
    checkpoints.outdated();
    effects.goingOn(why);
    guarded(() -> run(input), null);
    effects.handled();
    return true;
  }

  private void run(Input input) {
    if (step != null) {
      step.on(input);
    }
  }

  private void guarded(Runnable work, @Nullable Arrival arrival) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      String what = e.getClass().getSimpleName();
      log.error("{} call {}: step failed: {}", home.stage().name().id(), id, FailureTrace.of(e));
      effects.error("step failed", what);
      if (arrival != null) {
        home.deadLetter(this, arrival, "step failed", what);
      }
    }
  }

  void settle() {
    guarded(checkpoints::settle, null);
  }

  boolean isAtRest() {
    return !isOver && step != null && step.atRest() && restoration.isRetraced(handledNext);
  }

  /// The call as it is, its step being at rest; the stage's records from `ownEnds` on are not in
  /// it.
  Checkpoint asOfNow(long[] ownEnds) {
    return new Checkpoint(
        safePoints.resumeFrom(handledNext),
        ownEnds,
        effects.unwritten(),
        call.facts(home.stage()),
        effects.errors(),
        new Checkpoint.State(
            home.stage().stateVersion(), step == null ? AudioBytes.EMPTY : step.state()));
  }

  /// Idempotent: the step is closed once.
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    effects.close();
    for (var next = early.next(); next != null; next = early.next()) {
      letGo(next.arrival());
    }
    if (step != null) {
      guarded(step::close, null);
    }
  }

  long[] handledNext() {
    return handledNext;
  }
}
