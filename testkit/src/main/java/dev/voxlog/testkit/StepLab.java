package dev.voxlog.testkit;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.Input;
import dev.voxlog.runtime.LoneCall;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Drives one call's step of a stage without Kafka or threads: inputs are given by hand, effects
/// are recorded, time stands still until [#advance], engine work runs when [#work] is called, and
/// [#takeOver] does what happens after a crash. All of it is the runtime's own code but for the
/// log, which is a list.
public final class StepLab {
  private final Stage stage;
  private final VirtualClock clock;
  private final LoneCall call;

  public StepLab(Stage stage, CallEvent.Started started, AgentBundle agent) {
    this(stage, started, agent, new VirtualClock());
  }

  /// The call is open: STARTED has been given. Whatever agent file it names, it gets `agent`.
  public StepLab(Stage stage, CallEvent.Started started, AgentBundle agent, VirtualClock clock) {
    this.stage = stage;
    this.clock = clock;
    this.call = new LoneCall(stage, started.callId(), _ -> Optional.of(agent), clock);
    give(started);
  }

  /// Gives a record of an input topic; its effect on the call's view comes first, as in the
  /// runtime. One whose identity was given before is dropped, as in the runtime.
  public StepLab give(VoxEvent event) {
    call.give(event);
    return this;
  }

  public StepLab external(Object message) {
    call.external(message);
    return this;
  }

  public StepLab advance(Duration by) {
    clock.advance(by);
    return this;
  }

  /// Runs all engine work that was asked for and not cancelled, and what that asks for in turn.
  public StepLab work() {
    for (Set<String> asked = call.asked(); !asked.isEmpty(); asked = call.asked()) {
      call.run(asked.iterator().next());
    }
    return this;
  }

  /// Keys of the work asked for and not yet run.
  public Set<String> asked() {
    return Set.copyOf(call.asked());
  }

  public StepLab answer(String key, Object value) {
    call.answer(key, new Input.Answered(key, value));
    return this;
  }

  public StepLab fail(String key, Throwable cause) {
    call.answer(key, new Input.Failed(key, cause));
    return this;
  }

  /// The worker dies and another takes the call over: it opens from the last checkpoint, is told
  /// what its predecessor wrote since, and gets the inputs since then again. Work and timers of the
  /// dead worker are gone.
  public StepLab takeOver() {
    call.takeOver(null);
    return this;
  }

  /// The same, with the inputs of `first` all coming before those of other topics: between topics
  /// there is no order.
  public StepLab takeOver(Topic first) {
    call.takeOver(first);
    return this;
  }

  /// From here on the broker acknowledges nothing until [#acknowledge]; a worker that dies before
  /// loses these records.
  public StepLab holdAcknowledgements() {
    call.holdAcknowledgements();
    return this;
  }

  public StepLab acknowledge() {
    call.acknowledge();
    return this;
  }

  /// From here on no checkpoint is taken, as within the time for which the runtime lets a resting
  /// step go without.
  public StepLab holdCheckpoints() {
    call.holdCheckpoints();
    return this;
  }

  /// All that the stage has written, in order, without checkpoints.
  public List<VoxEvent> emitted() {
    return call.written();
  }

  public <E> List<E> emitted(Class<E> kind) {
    return emitted().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Why records of the call were put aside: a step that throws shows here, and as an ERROR.
  public List<String> deadLetters() {
    return call.deadLetters();
  }

  public CallStep step() {
    return call.step();
  }

  public VirtualClock clock() {
    return clock;
  }

  /// The first offset still needed of each input topic, where anything received is; offsets count
  /// from 0 in each topic.
  public Map<Topic, Long> safePoints() {
    Map<Topic, Long> needed = new LinkedHashMap<>();
    for (Topic input : stage.inputs()) {
      long from = call.neededFrom(input, Long.MAX_VALUE);
      if (from != Long.MAX_VALUE) {
        needed.put(input, from);
      }
    }
    return needed;
  }

  public boolean isEnded() {
    return call.isOver();
  }

  /// Whether the stage has more to do than it does in time.
  public StepLab behind(boolean isBehind) {
    call.behind(isBehind);
    return this;
  }

  public void ownershipConfirmed(boolean isConfirmed) {
    call.ownershipConfirmed(isConfirmed);
  }
}
