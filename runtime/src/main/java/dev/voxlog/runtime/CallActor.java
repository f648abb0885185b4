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
import java.util.ArrayDeque;
import java.util.Deque;
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
  private static final Duration STARTED_WAIT = Duration.ofSeconds(2);
  private static final Duration KNOWN_CHECK = Duration.ofMillis(100);
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);
  private static final Duration SUSPENDED_AFTER = Duration.ofSeconds(10);

  private final CallId id;
  private final CallHome home;
  private final Mailbox mailbox;
  private final MailboxLoad load;
  private final LiveCall call;
  private final Restoration restoration;
  private final RecentIdentities handled = new RecentIdentities();
  private final AttachFence attaches = new AttachFence();
  private final Deque<Arrival> waiting = new ArrayDeque<>();
  private final long[] handledNext;
  private final StepEffects effects;
  final SafePoints safePoints = new SafePoints();

  private @Nullable CallStep step;
  private Instant checkpointedAt = Instant.MIN;
  private boolean isCheckpointDue;
  private boolean wasAtRest;
  private boolean isDirty = true;
  private boolean isWaitingForStarted;
  private volatile boolean isOver;
  private volatile long lastActiveNanos = System.nanoTime();
  private Instant lastAudioAt;
  private boolean isReleased;

  CallActor(CallId id, CallHome home, Restoration restoration) {
    this.id = id;
    this.home = home;
    this.restoration = restoration;
    this.mailbox = new Mailbox(home.executor());
    this.load = new MailboxLoad(home.mailboxBound());
    this.call = restoration.call(id);
    this.effects = new StepEffects(this, home, restoration);
    this.handledNext = restoration.resumeFrom();
    this.lastAudioAt = home.clock().now();
  }

  CallId id() {
    return id;
  }

  // From the poll thread.

  void receive(Arrival arrival) {
    if (isOver) {
      return;
    }
    lastActiveNanos = System.nanoTime();
    if (arrival.topic() == Topic.AUDIO_IN) {
      lastAudioAt = home.clock().now();
      isReleased = false;
    }
    switch (load.admit(arrival, mailbox.depth(), home.clock().now())) {
      case MailboxLoad.Admission.Admitted _ -> admit(arrival);
      case MailboxLoad.Admission.AfterGap(var gap) -> {
        post(() -> takeGap(gap, arrival));
        admit(arrival);
      }
      case MailboxLoad.Admission.LeftOut(boolean isFirst) -> {
        if (isFirst) {
          home.telemetry().error(home.stage().name(), "mailbox full");
        }
      }
    }
  }

  private void admit(Arrival arrival) {
    safePoints.received(arrival.topic(), arrival.offset());
    home.budget().take(arrival.weight());
    mailbox.post(() -> take(arrival));
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

  boolean isIdleFor(Duration time) {
    return System.nanoTime() - lastActiveNanos > time.toNanos();
  }

  /// The first offset of `topic` that the call still needs. A call without audio for a while, and
  /// without an engine at work for it, needs nothing.
  long neededFrom(Topic topic, long otherwise) {
    boolean isSuspended =
        home.stage().inputs().contains(Topic.AUDIO_IN)
            && mailbox.depth() == 0
            && effects.open() == 0
            && lastAudioAt.plus(SUSPENDED_AFTER).isBefore(home.clock().now());
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

  private void take(Arrival arrival) {
    load.taken(arrival);
    home.budget().giveBack(arrival.weight());
    if (isOver || home.isClosed()) {
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
      handle(arrival);
      return;
    }
    waiting.add(arrival);
    openIfKnown();
    if (step == null && !isOver && !isWaitingForStarted) {
      isWaitingForStarted = true;
      waitForStarted(home.clock().now());
    }
  }

  private void takeGap(CallerAudio.Gap gap, Arrival next) {
    effects.error("mailbox full", "audio was left out");
    deliver(new Input.Logged(gap, next.offset()), new Because(next.cause(), null));
  }

  /// A record that says nothing to the step.
  private void passed(Arrival arrival) {
    noteHandled(arrival);
    if (step != null) {
      settle();
    }
  }

  private void noteHandled(Arrival arrival) {
    int t = arrival.topic().ordinal();
    handledNext[t] = Math.max(handledNext[t], arrival.offset() + 1);
  }

  /// The wait begins when all of `calls` has been read that was there: one that catches up must not
  /// give up a call.
  private void waitForStarted(Instant since) {
    openIfKnown();
    if (step != null || isOver || home.isClosed()) {
      return;
    }
    Instant now = home.clock().now();
    Instant from = home.hasCaughtUp() ? since : now;
    if (Duration.between(from, now).compareTo(STARTED_WAIT) > 0) {
      giveUp(call.startedIfKnown() == null ? "call never started" : "unknown agent file", "");
      return;
    }
    home.clock().schedule(KNOWN_CHECK, () -> post(() -> waitForStarted(from)));
  }

  private void giveUp(String reason, String detail) {
    waiting.forEach(arrival -> home.deadLetter(this, arrival, reason, detail));
    waiting.clear();
    end();
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
    guarded(() -> step = home.stage().open(call, restoration.state(), effects), null);
    if (step == null) {
      giveUp("step failed", "the call could not be opened");
      return;
    }
    restoration.own().forEach(event -> deliver(new Input.Own(event), Because.NOTHING));
    if (restoration.isTakeover()) {
      deliver(new Input.Restored(), Because.NOTHING);
    }
    while (!waiting.isEmpty() && !isOver) {
      handle(waiting.remove());
    }
  }

  private void handle(Arrival arrival) {
    noteHandled(arrival);
    boolean isNews = !arrival.isOwn() && handled.isNew(arrival.topic(), arrival.event().identity());
    if (isNews) {
      home.telemetry().hop(arrival);
      effects.handling(arrival);
      isDirty = true;
      guarded(() -> run(new Input.Logged(arrival.event(), arrival.offset())), arrival);
      effects.handled();
    }
    settle();
    if (arrival.event() instanceof CallEvent.Ended) {
      end();
    }
  }

  void deliver(Input input, Because why) {
    if (isOver || step == null || home.isClosed()) {
      return;
    }
    lastActiveNanos = System.nanoTime();
    isDirty = true;
    effects.goingOn(why);
    guarded(() -> run(input), null);
    effects.handled();
    settle();
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

  /// Writes a checkpoint when the step has come to rest or has rested for a while, so that the
  /// inputs so far are not needed.
  private void settle() {
    guarded(
        () -> {
          boolean isAtRest = !isOver && step != null && step.atRest() && home.isCheckpointing();
          if (isAtRest && !isDirty) {
            safePoints.passed(handledNext);
          } else if (isAtRest
              && (!wasAtRest
                  || !home.clock().now().isBefore(checkpointedAt.plus(CHECKPOINT_EVERY)))) {
            checkpoint();
          } else if (isAtRest && !isCheckpointDue) {
            isCheckpointDue = true;
            home.clock().schedule(CHECKPOINT_EVERY, () -> post(this::checkpointIsDue));
          }
          wasAtRest = isAtRest;
        },
        null);
  }

  private void checkpointIsDue() {
    isCheckpointDue = false;
    if (!isOver && !home.isClosed()) {
      settle();
    }
  }

  private void checkpoint() {
    checkpointedAt = home.clock().now();
    isDirty = false;
    long[] ownEnds = home.ownEnds();
    Checkpoint checkpoint =
        new Checkpoint(
            safePoints.resumeFrom(handledNext),
            ownEnds,
            effects.unwritten(),
            call.facts(home.stage().needsCallerNumber()),
            effects.errors(),
            step == null ? AudioBytes.EMPTY : step.state());
    VoxEvent record =
        Bookkeeping.checkpoint(
            home.stage(), id, home.clock().now(), checkpoint.toBytes(home.codec()));
    home.write(this, record, Because.NOTHING, handledNext);
    safePoints.checkpoint(handledNext, ownEnds);
  }

  /// Idempotent: the step is closed once.
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    effects.close();
    if (step != null) {
      guarded(step::close, null);
    }
  }

  long[] handledNext() {
    return handledNext;
  }
}
