package dev.voxlog.cli.chaos;

import dev.voxlog.agent.Durations;
import dev.voxlog.cli.JsonOption;
import dev.voxlog.cli.fleet.Folders;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.schemas.StageName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Kills stages while callers talk, and says whether any of them noticed.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills, stops and pauses the stages' processes, and brokers, while scripted callers are on the line.",
      "Judges by what the callers heard: the exit code is 0 only if nothing was lost, said or done twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog chaos --calls 20 --kills 200 --seed 7 --instances 2 --json chaos.json",
      "  voxlog chaos --calls 3 --kills 5 --stages tts,egress",
      "  voxlog chaos --calls 5 --kills 30 --brokers 3 --stages broker --terms 0 --pauses 0",
    })
public final class ChaosCommand implements Callable<Integer> {
  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "5",
      description = "Callers on the line at the same time (${DEFAULT-VALUE}).")
  private int calls;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "Processes killed with SIGKILL (${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What is said, and what is killed when (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stages",
      paramLabel = "STAGE",
      split = ",",
      defaultValue = "stt,nlu,llm,tts,egress",
      description = {
        "Whose processes are killed (${DEFAULT-VALUE}); broker is",
        "one too, if there are several."
      })
  private List<String> stages = new ArrayList<>();

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Processes of each stage (${DEFAULT-VALUE}). A killed one is started again at once;",
        "where there are others, once these have taken over."
      })
  private int instances;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Brokers of the cluster: 1, 3, 5, 7 or 9 (${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--terms",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description =
          "For each kill so many are asked to end with SIGTERM, besides (${DEFAULT-VALUE}).")
  private double terms;

  @Option(
      names = "--pauses",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "For each kill so many stand still for a while, SIGSTOP to SIGCONT, besides (${DEFAULT-VALUE}).")
  private double pauses;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      description =
          "The mean time between two of these (4s; twice that on two cores, which would be busy with nothing but starts).")
  private @Nullable String every;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "8",
      description = "What a caller says before calling again (${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = "--no-control",
      description = "Not first without faults; the usual silence is then that of the calm turns.")
  private boolean isWithoutControl;

  @Option(
      names = "--keep",
      description = {
        "Keep the log and the workers' output of a clean run too, to look into; its",
        "folder is told at the end."
      })
  private boolean isKept;

  @Mixin private JsonOption json = new JsonOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ChaosRun.Plan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    long begun = System.nanoTime();
    Consumer<String> progress =
        line -> {
          out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - begun) / 1e9, line);
          out.flush();
        };
    Path folder = Files.createTempDirectory("voxlog-chaos");
    ChaosRun.Outcome outcome;
    try (ChaosRun run = new ChaosRun(plan, folder, progress)) {
      Thread hook = Thread.ofPlatform().name("stop").unstarted(run::close);
      Runtime.getRuntime().addShutdownHook(hook);
      outcome = run.run();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    ChaosReport report = new ChaosReport(plan, outcome);
    report.print(out);
    json.write(report.json());
    if (outcome.isClean() && !isKept) {
      Folders.delete(folder);
    } else {
      out.println("The log and the workers' output are in " + folder);
      out.flush();
    }
    return outcome.isClean() ? 0 : 1;
  }

  private ChaosRun.Plan plan() {
    atLeast("--calls", calls, 1);
    atLeast("--kills", kills, 0);
    atLeast("--instances", instances, 1);
    atLeast("--lines", lines, 1);
    FaultSchedule schedule =
        new FaultSchedule(
            seed, victims(), kills, share("--terms", terms), share("--pauses", pauses), every());
    return new ChaosRun.Plan(calls, lines, !isWithoutControl, brokers, instances, schedule);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new UserError("%s %d: give at least %d".formatted(option, value, least));
    }
  }

  private int share(String option, double share) {
    if (!(share >= 0 && share <= 10)) {
      throw new UserError("%s %s: give 0 to 10, as in 0.2".formatted(option, share));
    }
    return (int) Math.round(kills * share);
  }

  private Duration every() {
    String given = every;
    if (given == null) {
      return Duration.ofSeconds(Math.max(4, 16 / Runtime.getRuntime().availableProcessors()));
    }
    return Durations.parse(given)
        .filter(Duration::isPositive)
        .orElseThrow(
            () -> new UserError("--every %s: give a duration such as 4s".formatted(given)));
  }

  private Map<String, Integer> victims() {
    Map<String, Integer> victims = new HashMap<>();
    for (String word : stages) {
      String victim = word.strip().toLowerCase(Locale.ROOT);
      boolean isBroker = victim.equals(ChaosRun.BROKER);
      if (isBroker && brokers == 1) {
        throw new UserError(
            "--stages %s: the only broker's death is an outage; add --brokers 3".formatted(word));
      }
      if (!isBroker && WorkerFleet.HIT.stream().noneMatch(stage -> stage.id().equals(victim))) {
        String known = String.join(",", WorkerFleet.HIT.stream().map(StageName::id).toList());
        throw new UserError(
            "--stages %s: give some of %s,%s".formatted(word, known, ChaosRun.BROKER));
      }
      victims.put(victim, isBroker ? brokers : instances);
    }
    return victims;
  }
}
