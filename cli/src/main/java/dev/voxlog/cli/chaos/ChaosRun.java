package dev.voxlog.cli.chaos;

import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Prompts;
import dev.voxlog.cli.fleet.AheadOfTime;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One run from start to verdict: ground, fleet and tool are started, callers call without faults,
/// then with them, and what callers, tool and log tell is judged.
final class ChaosRun implements AutoCloseable {
  /// The victim that is no stage.
  static final String BROKER = "broker";

  private static final String WORKER_HEAP = "192m";

  /// Starts of workers, from which on caches pay.
  private static final int MANY = 20;

  /// After the last fault, so that its effects are heard.
  private static final Duration SETTLING = Duration.ofSeconds(3);

  /// How many of the longest waits are told one by one.
  private static final int LONGEST = 10;

  private final Plan plan;
  private final Path folder;
  private final Consumer<String> progress;
  private final Lines lines;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /// What is to be done: `control` is whether there is a part without faults first.
  record Plan(
      int calls,
      int linesEach,
      boolean control,
      int brokers,
      int instances,
      FaultSchedule schedule) {}

  /// What came of it. `control` is the verdict on the part without faults, whose calls `verdict`
  /// does not hold.
  record Outcome(
      Verdict control,
      Verdict verdict,
      List<Fault.Done> faults,
      Silences.Usual usual,
      Map<String, Silences.Row> silences,
      List<Silences.LongWait> longest,
      List<String> ended) {
    Outcome {
      faults = List.copyOf(faults);
      longest = List.copyOf(longest);
      ended = List.copyOf(ended);
    }

    boolean isClean() {
      return control.isClean() && verdict.isClean() && ended.isEmpty();
    }
  }

  /// Whatever is written goes into the folder.
  ChaosRun(Plan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
    this.lines = Lines.of(plan.schedule().seed(), plan.calls(), plan.linesEach());
  }

  /// @throws IllegalStateException if the estate, or the harness itself, broke
  Outcome run() throws InterruptedException {
    FaultSchedule schedule = plan.schedule();
    ToolServer tool = later(ToolServer.start());
    progress.accept("starting brokers, registry and one process for each instance of each stage");
    LocalGround ground =
        later(
            LocalGround.start(
                folder, ChaosAgent.writeTo(folder.resolve("agent")), plan.brokers(), settings()));
    ChildProcess.Jvm jvm =
        ChildProcess.Jvm.ofHeap(WORKER_HEAP).with(Map.of(ChaosAgent.TOOL_VARIABLE, tool.address()));
    WorkerFleet fleet = later(new WorkerFleet(ground.settings(), folder.resolve("workers"), jvm));
    long starts =
        schedule.faults().stream().filter(fault -> !fault.victim().equals(BROKER)).count();
    if (starts >= MANY && AheadOfTime.isPossible()) {
      progress.accept("writing the workers' ahead-of-time caches, for many starts");
      fleet.learnToStart();
    }
    URI webhook = URI.create("http://127.0.0.1:" + fleet.start(plan.instances()) + "/twilio/voice");
    List<CallWitness> calm = plan.control() ? calm(webhook) : List.of();
    progress.accept(
        "%d callers, %d faults in %d s"
            .formatted(plan.calls(), schedule.faults().size(), schedule.length().toSeconds()));
    FaultMaker maker = new FaultMaker(victims(ground, fleet), progress);
    List<Fault.Done> faults;
    List<CallWitness> shaken;
    AtomicBoolean isOver = new AtomicBoolean();
    try (ScriptedCallers callers = new ScriptedCallers(webhook, schedule.seed())) {
      callers.begin(lines, () -> !isOver.get());
      faults = maker.make(schedule.faults());
      Thread.sleep(SETTLING);
      isOver.set(true);
      progress.accept("the last fault is over; the callers end their calls");
      shaken = callers.join();
    }
    List<String> ended =
        new ArrayList<>(fleet.ended().stream().map(WorkerFleet.Slot::toString).toList());
    if (!ground.isAlive()) {
      ended.add("broker");
    }
    return judge(ground, tool, calm, shaken, faults, ended);
  }

  private Map<String, Victims> victims(LocalGround ground, WorkerFleet fleet) {
    Map<String, Victims> victims = new HashMap<>();
    victims.put(BROKER, new BrokerVictims(ground, ground.cluster(), plan.brokers()));
    WorkerFleet.HIT.forEach(
        stage -> victims.put(stage.id(), new StageVictims(fleet, stage, plan.instances())));
    return victims;
  }

  private List<CallWitness> calm(URI webhook) throws InterruptedException {
    progress.accept("%d callers, without faults".formatted(plan.calls()));
    try (ScriptedCallers callers = new ScriptedCallers(webhook, plan.schedule().seed())) {
      callers.begin(lines, () -> false);
      return callers.join();
    }
  }

  private Outcome judge(
      LocalGround ground,
      ToolServer tool,
      List<CallWitness> calm,
      List<CallWitness> shaken,
      List<Fault.Done> faults,
      List<String> ended) {
    LogWitness log = LogWitness.read(ground.cluster());
    List<CallWitness> before = calm.stream().map(log::with).toList();
    List<CallWitness> after = shaken.stream().map(log::with).toList();
    List<ToolAsked> asked = tool.asked();
    List<Silences.Wait> waits = after.stream().flatMap(call -> Silences.of(call).stream()).toList();
    Silences.Usual usual =
        plan.control()
            ? Silences.Usual.of(
                before.stream().flatMap(call -> Silences.of(call).stream()).toList())
            : Silences.Usual.of(Silences.withoutFaults(waits, faults));
    return new Outcome(
        Verdict.of(before, only(asked, before)),
        Verdict.of(after, except(asked, before), toldBesides()),
        faults,
        usual,
        Silences.table(waits, faults, usual),
        Silences.longest(waits, faults, usual, LONGEST),
        ended);
  }

  /// Where brokers die the log may be away for so long that callers are asked to hold the line.
  private Set<String> toldBesides() {
    boolean isLogHit = plan.schedule().victims().containsKey(BROKER);
    return isLogHit ? Set.of(Prompts.DEFAULT.of(Prompt.HOLDING).toString()) : Set.of();
  }

  private static List<ToolAsked> only(List<ToolAsked> asked, List<CallWitness> calls) {
    return asked.stream().filter(each -> isOf(each, calls)).toList();
  }

  private static List<ToolAsked> except(List<ToolAsked> asked, List<CallWitness> calls) {
    return asked.stream().filter(each -> !isOf(each, calls)).toList();
  }

  private static boolean isOf(ToolAsked asked, List<CallWitness> calls) {
    return calls.stream().anyMatch(call -> call.id().value().equals(ToolJudge.callOf(asked)));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(LocalGround.PATIENT);
    settings.put("engines.kind", "scripted");
    lines.phrases().forEach((tone, words) -> settings.put("engines.phrases." + tone, words));
    return settings;
  }

  private synchronized <T extends AutoCloseable> T later(T opened) {
    open.push(opened);
    return opened;
  }

  /// Ends every process, the last started first; may be called again.
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        progress.accept("did not close cleanly: " + e);
      }
    }
  }
}
