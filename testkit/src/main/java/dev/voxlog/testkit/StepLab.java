package dev.voxlog.testkit;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.Cancellation;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.runtime.LiveCall;
import dev.voxlog.runtime.Stage;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Drives one call's step of a stage without Kafka or threads: inputs are given by hand, effects are recorded, time stands
/// still until [#advance], engine work runs when [#work] is called, and [#takeOver] does what the runtime does after a crash.
public final class StepLab {
  private final Stage stage;
  private final CallId id;
  private final AgentBundle agent;
  private final VirtualClock clock;
  private final List<VoxEvent> emitted = new ArrayList<>();
  private final List<Input.Logged> sinceRest = new ArrayList<>();
  private final List<VoxEvent> ownSinceRest = new ArrayList<>();
  private final List<CallEvent> observedAtRest = new ArrayList<>();
  private final List<CallEvent> observed = new ArrayList<>();
  private Life life;
  private @Nullable AudioBytes restState;
  private long offset;
  private boolean ownershipConfirmed = true;
  private boolean isAcknowledging = true;
  private boolean isCheckpointing = true;
  private final List<VoxEvent> unacknowledged = new ArrayList<>();

  public StepLab(Stage stage, CallEvent.Started started, AgentBundle agent) {
    this(stage, started, agent, new VirtualClock());
  }

  public StepLab(
      Stage stage, CallEvent.Started started, AgentBundle agent, VirtualClock clock) {
    this.stage = stage;
    this.id = started.callId();
    this.agent = agent;
    this.clock = clock;
    LiveCall call = new LiveCall(id);
    call.observe(started);
    call.pin(agent);
    observed.add(started);
    observedAtRest.add(started);
    life = new Life(call, Set.of());
    life.open(null);
    give(started);
  }

  /// Gives a record of an input topic; its effect on the call's view comes first, as in the runtime.
  public StepLab give(VoxEvent event) {
    Input.Logged input = new Input.Logged(event, offset++);
    sinceRest.add(input);
    life.take(input);
    return this;
  }

  public StepLab external(Object message) {
    life.on(new Input.External(message));
    return this;
  }

  public StepLab advance(Duration by) {
    clock.advance(by);
    return this;
  }

  /// Runs all engine work that was asked for and not cancelled, and what that asks for in turn.
  public StepLab work() {
    while (!life.asked.isEmpty()) {
      String key = life.asked.keySet().iterator().next();
      Effects.Work<?> work = life.asked.remove(key);
      Input answer;
      try {
        answer = new Input.Answered(key, work.run(Cancellation.NEVER));
      } catch (Exception e) {
        answer = new Input.Failed(key, e);
      }
      life.on(answer);
    }
    return this;
  }

  /// Keys of the work asked for and not yet run.
  public Set<String> asked() {
    return Set.copyOf(life.asked.keySet());
  }

  public StepLab answer(String key, Object value) {
    life.asked.remove(key);
    life.on(new Input.Answered(key, value));
    return this;
  }

  public StepLab fail(String key, Throwable cause) {
    life.asked.remove(key);
    life.on(new Input.Failed(key, cause));
    return this;
  }

  /// The worker dies and another takes the call over: it opens from the state at the last rest, is told what its predecessor
  /// wrote since, and gets the inputs since then again. Work and timers of the dead worker are gone.
  public StepLab takeOver() {
    return takeOver(List.copyOf(sinceRest));
  }

  /// The same, with the inputs of `first` all coming before those of other topics: between topics there is no order.
  public StepLab takeOver(Topic first) {
    List<Input.Logged> reordered = new ArrayList<>(sinceRest);
    reordered.sort(Comparator.comparing(logged -> Topic.of(logged.event()) != first));
    return takeOver(reordered);
  }

  private StepLab takeOver(List<Input.Logged> inputs) {
    life.dead = true;
    emitted.removeAll(unacknowledged);
    ownSinceRest.removeAll(unacknowledged);
    unacknowledged.clear();
    isAcknowledging = true;
    Set<String> written = new HashSet<>();
    ownSinceRest.forEach(e -> written.add(Topic.of(e) + " " + e.identity()));
    LiveCall call = new LiveCall(id);
    observedAtRest.forEach(call::observe);
    call.pin(agent);
    List<VoxEvent> own = List.copyOf(ownSinceRest);
    life = new Life(call, written);
    life.open(restState);
    own.forEach(e -> life.on(new Input.Own(e)));
    life.on(new Input.Restored());
    inputs.forEach(life::take);
    return this;
  }

  /// From here on the broker acknowledges nothing until [#acknowledge]; a worker that dies before loses these records.
  public StepLab holdAcknowledgements() {
    isAcknowledging = false;
    return this;
  }

  public StepLab acknowledge() {
    isAcknowledging = true;
    unacknowledged.clear();
    List<String> keys = List.copyOf(life.awaitingAcknowledgement);
    life.awaitingAcknowledgement.clear();
    keys.forEach(key -> life.on(new Input.Answered(key, true)));
    return this;
  }

  /// From here on no checkpoint is taken, as within the time for which the runtime lets a resting step go without.
  public StepLab holdCheckpoints() {
    isCheckpointing = false;
    return this;
  }

  public List<VoxEvent> emitted() {
    return List.copyOf(emitted);
  }

  public <E> List<E> emitted(Class<E> kind) {
    return emitted.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public CallStep step() {
    return life.step();
  }

  public VirtualClock clock() {
    return clock;
  }

  public Map<Topic, Long> safePoints() {
    return Map.copyOf(life.safePoints);
  }

  public boolean isEnded() {
    return life.ended;
  }

  public void ownershipConfirmed(boolean isConfirmed) {
    ownershipConfirmed = isConfirmed;
  }

  /// One worker's time with the call.
  private final class Life implements Effects {
    private final LiveCall call;
    private final Set<String> written;
    private final Map<String, Work<?>> asked = new LinkedHashMap<>();
    private final Map<String, VoxClock.Cancellable> timers = new HashMap<>();
    private final Map<Topic, Long> safePoints = new HashMap<>();
    private final Map<String, Integer> awaited = new HashMap<>();
    private @Nullable CallStep step;
    private final List<String> awaitingAcknowledgement = new ArrayList<>();
    private final Deque<Input> mailbox = new ArrayDeque<>();
    private boolean isRunning;
    private int errors;
    private boolean ended;
    private boolean dead;

    Life(LiveCall call, Set<String> written) {
      this.call = call;
      this.written = written;
    }

    void open(@Nullable AudioBytes state) {
      isRunning = true;
      step = stage.open(call, state, this);
      isRunning = false;
      drain();
    }

    CallStep step() {
      if (step == null) {
        throw new IllegalStateException("the step is still being opened");
      }
      return step;
    }

    void take(Input.Logged input) {
      if (input.event() instanceof CallEvent event) {
        call.observe(event);
        observed.add(event);
      }
      on(input);
    }

    /// As in a call's mailbox, what arrives while the step runs waits for it.
    void on(Input input) {
      mailbox.add(input);
      drain();
    }

    private void drain() {
      if (isRunning) {
        return;
      }
      isRunning = true;
      try {
        while (!mailbox.isEmpty()) {
          handle(mailbox.remove());
        }
      } finally {
        isRunning = false;
      }
    }

    private void handle(Input input) {
      if (dead || ended) {
        return;
      }
      step().on(input);
      if (isCheckpointing && step().atRest()) {
        restState = step().state();
        sinceRest.removeIf(
            logged -> logged.offset() < safePoints.getOrDefault(Topic.of(logged.event()), Long.MAX_VALUE));
        ownSinceRest.clear();
        observedAtRest.clear();
        observedAtRest.addAll(observed);
      }
    }

    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public void emit(VoxEvent event) {
      if (event.identity() != null && written.contains(Topic.of(event) + " " + event.identity())) {
        return;
      }
      emitted.add(event);
      ownSinceRest.add(event);
      if (!isAcknowledging) {
        unacknowledged.add(event);
      }
    }

    @Override
    public void written(String key) {
      awaitingAcknowledgement.remove(key);
      if (isAcknowledging) {
        on(new Input.Answered(key, true));
      } else {
        awaitingAcknowledgement.add(key);
      }
    }

    @Override
    public void ask(String key, Urgency urgency, Work<?> work) {
      asked.remove(key);
      asked.put(key, work);
    }

    @Override
    public void await(String key, CompletionStage<?> answer) {
      int mine = awaited.merge(key, 1, Integer::sum);
      answer.whenComplete(
          (value, cause) -> {
            if (awaited.getOrDefault(key, 0) == mine) {
              on(cause == null ? new Input.Answered(key, value) : new Input.Failed(key, cause));
            }
          });
    }

    @Override
    public void cancel(String key) {
      asked.remove(key);
      awaitingAcknowledgement.remove(key);
      awaited.merge(key, 1, Integer::sum);
    }

    @Override
    public void timer(String key, Duration after) {
      cancelTimer(key);
      timers.put(
          key,
          clock.schedule(
              after,
              () -> {
                timers.remove(key);
                on(new Input.TimerDue(key));
              }));
    }

    @Override
    public void cancelTimer(String key) {
      VoxClock.Cancellable timer = timers.remove(key);
      if (timer != null) {
        timer.cancel();
      }
    }

    @Override
    public void safePoint(Topic topic, long to) {
      safePoints.put(topic, to);
    }

    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public boolean isOwnershipConfirmed() {
      return ownershipConfirmed;
    }

    @Override
    public void error(String reason, String detail) {
      emit(new CallEvent.Error(id, now(), stage.name(), errors++, reason, detail));
    }

    @Override
    public void end() {
      ended = true;
    }
  }
}
