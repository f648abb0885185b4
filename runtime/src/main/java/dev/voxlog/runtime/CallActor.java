package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call at one stage: its mailbox, its step, and what the step's effects do.
///
/// Threads: [#received] and [#take] are called by the poll thread and only post; all else runs in the mailbox. `safePoints`
/// guards itself. Nothing else is shared.
final class CallActor implements Effects {
  private static final Logger log = LoggerFactory.getLogger(CallActor.class);
  private static final Duration STARTED_WAIT = Duration.ofSeconds(2);
  private static final Duration KNOWN_CHECK = Duration.ofMillis(100);
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  private final CallId id;
  private final PartitionSession session;
  private final Mailbox mailbox;
  private final LiveCall call;
  private final RecentIdentities handled = new RecentIdentities();
  private final Deque<Arrival> waiting = new ArrayDeque<>();
  private final long[] handledNext = new long[Topic.values().length];
  private final Map<String, Request> requests = new HashMap<>();
  private final Map<String, VoxClock.Cancellable> timers = new HashMap<>();
  private final Restoration restoration;
  private final long bornAt;
  final SafePoints safePoints = new SafePoints();

  private @Nullable CallStep step;
  private @Nullable Arrival current;
  private Instant checkpointedAt = Instant.MIN;
  private boolean wasAtRest;
  private boolean isDirty = true;
  private int highestAttach;
  private int errors;
  private volatile boolean isOver;
  private volatile long lastActiveNanos = System.nanoTime();

  /// A record on its way to the step, with what a dead letter needs of it.
  record Arrival(Topic topic, long offset, long epoch, VoxEvent event, byte[] raw, boolean isOwn) {}

  /// A question out to an engine; marked when nobody waits for it any more.
  private static final class Request implements Cancellation {
    private volatile boolean isCancelled;

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }
  }

  CallActor(CallId id, PartitionSession session, Restoration restoration) {
    this.id = id;
    this.session = session;
    this.restoration = restoration;
    this.mailbox = new Mailbox(session.executor());
    this.call = restoration.call(id);
    this.bornAt = System.nanoTime();
    Arrays.fill(handledNext, -1);
  }

  // From the poll thread.

  void receive(Arrival arrival) {
    safePoints.received(arrival.topic(), arrival.offset());
    lastActiveNanos = System.nanoTime();
    post(() -> take(arrival));
  }

  /// Opens a restored call before any input arrives, so that one that only waits goes on too.
  void revive() {
    post(this::openIfKnown);
  }

  void external(Object message) {
    post(() -> deliver(new Input.External(message)));
  }

  private void post(Runnable message) {
    if (!isOver) {
      mailbox.post(message);
    }
  }

  int mailboxDepth() {
    return mailbox.depth();
  }

  boolean isFinished() {
    return isOver && safePoints.isAllWritten();
  }

  boolean isIdleFor(Duration time) {
    return System.nanoTime() - lastActiveNanos > time.toNanos();
  }

  // In the mailbox.

  private void take(Arrival arrival) {
    if (isOver || session.isClosed() || isVoidAttach(arrival)) {
      return;
    }
    if (arrival.event() instanceof CallEvent event) {
      call.observe(event);
    }
    if (step == null) {
      waiting.add(arrival);
      openIfKnown();
      if (step == null && waiting.size() == 1) {
        session.clock().schedule(KNOWN_CHECK, () -> post(this::waitForStarted));
      }
      return;
    }
    handle(arrival);
  }

  /// Ingress fences each call by its attach number.
  private boolean isVoidAttach(Arrival arrival) {
    if (arrival.event() instanceof CallerAudio audio) {
      highestAttach = Math.max(highestAttach, audio.attach());
      return audio.attach() < highestAttach;
    }
    return false;
  }

  private void waitForStarted() {
    openIfKnown();
    if (step != null || isOver) {
      return;
    }
    if (System.nanoTime() - bornAt > STARTED_WAIT.toNanos()) {
      String reason = call.startedIfKnown() == null ? "call never started" : "unknown agent file";
      waiting.forEach(arrival -> session.deadLetter(id, arrival, reason));
      waiting.clear();
      end();
      return;
    }
    session.clock().schedule(KNOWN_CHECK, () -> post(this::waitForStarted));
  }

  private void openIfKnown() {
    CallEvent.Started started = call.startedIfKnown();
    if (step != null || started == null) {
      return;
    }
    Optional<AgentBundle> agent = session.agents().find(started.agent());
    if (agent.isEmpty()) {
      return;
    }
    call.pin(agent.get());
    guarded(() -> step = session.stage().open(call, restoration.state(), this), null);
    if (step == null) {
      return;
    }
    restoration.own().forEach(event -> deliver(new Input.Own(event)));
    if (restoration.isTakeover()) {
      deliver(new Input.Restored());
    }
    while (!waiting.isEmpty() && !isOver) {
      handle(waiting.remove());
    }
  }

  private void handle(Arrival arrival) {
    current = arrival;
    handledNext[arrival.topic().ordinal()] = arrival.offset() + 1;
    boolean isNew = arrival.isOwn() || handled.isNew(arrival.topic(), arrival.event().identity());
    if (isNew && !arrival.isOwn()) {
      isDirty = true;
      guarded(() -> run(new Input.Logged(arrival.event(), arrival.offset())), arrival);
    }
    settle();
    current = null;
    if (call.isEnded() && arrival.event() instanceof CallEvent.Ended) {
      end();
    }
  }

  private void deliver(Input input) {
    if (isOver || step == null || session.isClosed()) {
      return;
    }
    lastActiveNanos = System.nanoTime();
    isDirty = true;
    guarded(() -> run(input), null);
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
    } catch (RuntimeException e) {
      log.error("{} call {}: step failed", session.stage().name().id(), id, e);
      error("step failed", e.getClass().getSimpleName());
      if (arrival != null) {
        session.deadLetter(id, arrival, "step failed: " + e.getClass().getSimpleName());
      }
    }
  }

  /// Writes a checkpoint when the step has come to rest or has rested for a while.
  private void settle() {
    boolean atRest = !isOver && step != null && step.atRest();
    boolean isDue = !wasAtRest || checkpointedAt.plus(CHECKPOINT_EVERY).isBefore(now());
    if (atRest && isDirty && isDue && step != null) {
      checkpointedAt = now();
      isDirty = false;
      Topic topic = session.stage().checkpointTopic();
      long[] ownEnds = session.ownEnds();
      AudioBytes state = restoration.seal(call, step.state(), ownEnds);
      session.writeCheckpoint(this, id, topic, state);
      safePoints.checkpoint(handledNext.clone(), ownEnds);
    }
    wasAtRest = atRest;
  }

  // Effects.

  @Override
  public Instant now() {
    return session.clock().now();
  }

  @Override
  public void emit(VoxEvent event) {
    if (!restoration.isWritten(event)) {
      session.write(this, id, event, current, handledNext);
    }
  }

  @Override
  public void ask(String key, Urgency urgency, Work<?> work) {
    Request request = replace(key);
    session
        .engines()
        .run(
            urgency,
            () -> {
              if (request.isCancelled) {
                return;
              }
              Input answer;
              try {
                answer = new Input.Answered(key, work.run(request));
              } catch (Exception e) {
                answer = new Input.Failed(key, e);
              }
              answered(key, request, answer);
            });
  }

  @Override
  public void await(String key, CompletionStage<?> answer) {
    Request request = replace(key);
    answer.whenComplete(
        (value, cause) ->
            answered(
                key,
                request,
                cause == null ? new Input.Answered(key, value) : new Input.Failed(key, cause)));
  }

  @Override
  public void written(String key) {
    Request request = replace(key);
    safePoints.whenWritten(() -> answered(key, request, new Input.Answered(key, true)));
  }

  private Request replace(String key) {
    cancel(key);
    Request request = new Request();
    requests.put(key, request);
    return request;
  }

  private void answered(String key, Request request, Input answer) {
    post(
        () -> {
          if (requests.remove(key, request)) {
            deliver(answer);
          }
        });
  }

  @Override
  public void cancel(String key) {
    Request request = requests.remove(key);
    if (request != null) {
      request.isCancelled = true;
    }
  }

  @Override
  public void timer(String key, Duration after) {
    cancelTimer(key);
    VoxClock.Cancellable[] mine = new VoxClock.Cancellable[1];
    mine[0] =
        session
            .clock()
            .schedule(
                after,
                () ->
                    post(
                        () -> {
                          if (timers.remove(key, mine[0])) {
                            deliver(new Input.TimerDue(key));
                          }
                        }));
    timers.put(key, mine[0]);
  }

  @Override
  public void cancelTimer(String key) {
    VoxClock.Cancellable timer = timers.remove(key);
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void safePoint(Topic topic, long offset) {
    safePoints.move(topic, offset);
  }

  @Override
  public long epoch() {
    return session.epoch();
  }

  @Override
  public boolean isOwnershipConfirmed() {
    return session.isOwnershipConfirmed();
  }

  @Override
  public void error(String reason, String detail) {
    StageName stage = session.stage().name();
    session.telemetry().error(stage, reason);
    emit(new CallEvent.Error(id, now(), stage, errors++, reason, detail));
  }

  @Override
  public void end() {
    isOver = true;
    timers.values().forEach(VoxClock.Cancellable::cancel);
    timers.clear();
    Set.copyOf(requests.keySet()).forEach(this::cancel);
  }
}
