package dev.voxlog.cli.load;

import dev.voxlog.agent.Durations;
import dev.voxlog.cli.Closing;
import dev.voxlog.cli.JsonOption;
import dev.voxlog.cli.OutputFile;
import dev.voxlog.cli.SettingOptions;
import dev.voxlog.cli.fleet.Folders;
import dev.voxlog.cli.load.caller.Speech;
import dev.voxlog.cli.load.caller.Talk;
import dev.voxlog.cli.load.caller.Timetable;
import dev.voxlog.cli.load.report.LoadReport;
import dev.voxlog.cli.load.report.Outcome;
import dev.voxlog.cli.load.report.Results;
import dev.voxlog.cli.load.server.Server;
import dev.voxlog.cli.load.server.ServerWanted;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.UserError;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Calls with many callers at once, and says what that takes and how long they wait.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Many callers at once, each by a timetable that waits for no answer: how long they wait, and what that takes.",
      "Starts a broker and a process for each stage with stub engines, so what is measured is the platform.",
      "Turn overhead is from the first silent frame after a line to the first audible one of the answer, on the wire.",
      "With --speech callers say recordings to the demo agent Acme, its engines are the embedded ones, and the wait is"
          + " from the end of the speech in a recording to the first audible sample of the answer.",
      "A run takes half a minute to start, another minute to look at the heaps where there are 20 calls or more, the ramp"
          + " and the warm-up, and 8 s for each turn; of several numbers of calls,"
          + " each has its own ramp and turns.",
      "The exit code is 1 if a line was not answered, a call did not stand or, of stub engines, an answer was cut short; the"
          + " log is kept then."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog load --calls 100 --turns 20                     the overhead of a turn, and CPU by stage",
      "  voxlog load --calls 100,1,50,200,300 --html load.html  how the cost of a call grows with their number",
      "  voxlog load --calls 100 --turns 20 --barge-in          and how soon a caller who breaks in is let speak",
      "  voxlog load --calls 50 --turns 10 --set engines.stub.llm=400ms --set engines.stub.tts=150ms",
      "  voxlog load --calls 100 --turns 20 --one-process       on voxlog run, as a small site has it",
      "  voxlog load --calls 8 --turns 10 --speech calls/speaker-300/0[1-7]-*.wav",
      "                                                         what callers wait for with the embedded engines",
      "  voxlog load --calls 5 --turns 5 --url http://127.0.0.1:8080/twilio/voice",
      "",
      "What each figure means: docs/performance.md.",
    })
public final class LoadCommand implements Callable<Integer> {
  /// Each step but the first finds a server that is warm; what is new to it is the number of calls.
  private static final int SETTLING_CYCLES = 2;

  private static final Duration FOR_EACH_CALL = Duration.ofMillis(120);

  @Option(
      names = "--calls",
      paramLabel = "N",
      split = ",",
      defaultValue = "10",
      description =
          "Callers on the line at the same time (${DEFAULT-VALUE}). Several numbers, such as 100,1,50,200, are measured one after the other on the same server: warm up with one of the larger.")
  private List<Integer> calls = List.of();

  @Option(
      names = "--turns",
      paramLabel = "N",
      defaultValue = "10",
      description = "Lines of each caller that are measured (${DEFAULT-VALUE}).")
  private int turns;

  @Option(
      names = "--ramp",
      paramLabel = "DURATION",
      description =
          "Over which the calls of a step are made (120ms for each call: a node takes 600 a minute as it is set).")
  private @Nullable String ramp;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      description =
          "How long all talk before anything is measured (3m; 0s with --url): fresh JVMs cost half as much again for their first minutes. Of several steps, before the first.")
  private @Nullable String warmUp;

  @Option(
      names = "--barge-in",
      paramLabel = "AFTER",
      arity = "0..1",
      fallbackValue = "1500ms",
      description =
          "Every caller also breaks into each answer, so long after the line before (${FALLBACK-VALUE}).")
  private @Nullable String bargeIn;

  @Option(
      names = "--line",
      paramLabel = "DURATION",
      description = "How long a caller talks, in tones (1200ms).")
  private @Nullable String line;

  @Option(
      names = "--speech",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Each line of a caller is one of these recordings, in an order of the caller's own: WAV or FLAC files, or folders of"
              + " them (FILE.again.wav and FILE.interrupt.wav are left out).")
  private @Nullable List<Path> speech;

  @Option(
      names = "--agent",
      paramLabel = "FILE",
      description =
          "The agent that is called (with --speech the demo agent Acme, else one that has the stub model answer everything).")
  private @Nullable Path agentFile;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      description =
          "The time from one line of a caller to the next (8s; 11s with --barge-in). The stub's answers last about 5 s."
              + " With --speech three times what is spoken in a recording on average, so that a caller talks a third of the"
              + " time, and at least 6 s more than until the end of the longest speech.")
  private @Nullable String every;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Who talks when (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--engines",
      paramLabel = "KIND",
      description =
          "stub (usual), scripted or embedded (usual with --speech). How long stubs take: --set engines.stub.stt, .nlu, .llm, .tts.")
  private @Nullable String engines;

  @Option(
      names = "--one-process",
      description = "Start voxlog run, with all stages in one process, instead of one for each.")
  private boolean isOneProcess;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Call this voice webhook (http, its stream ws) instead of starting anything: only what can be seen on the wire is measured.")
  private @Nullable URI url;

  @Option(
      names = "--keep",
      description = "Keep the log and the processes' output; their folder is told at the end.")
  private boolean isKept;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with plots to this file; it needs nothing beside it.")
  private @Nullable Path html;

  /// By Ctrl-C, after which the folder is the hook's to delete.
  private volatile boolean isStopped;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private SettingOptions settings;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ServerWanted wanted = wanted();
    Settings given = settings.read();
    wanted.check(settings.keys(), given);
    List<Timetable> steps = timetables(wanted.isOwnStub(given));
    Results results =
        new Results(
            wanted.setup(given), json, html == null ? null : new OutputFile("--html", html));
    PrintWriter out = spec.commandLine().getOut();
    long begun = System.nanoTime();
    Consumer<String> progress =
        said -> {
          out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - begun) / 1e9, said);
          out.flush();
        };
    Path folder = Files.createTempDirectory("voxlog-load");
    // Whatever went wrong is told there.
    boolean isToStay = url == null;
    try {
      run(steps, wanted, folder, given, progress, results);
      isToStay = url == null && (isKept || !results.areComplete());
      return results.areComplete() ? 0 : 1;
    } finally {
      if (isStopped) {
        out.println("Stopped.");
      } else if (isToStay) {
        out.println("The log and the processes' output are in " + folder);
      } else {
        Folders.delete(folder);
      }
      // Also what there is of a run that broke off.
      results.print(out);
    }
  }

  private ServerWanted wanted() {
    if (url != null && isKept) {
      throw new UserError("--keep is of a server that is started; leave it out with --url");
    }
    return new ServerWanted(url, isOneProcess, agentFile, engines, speech != null);
  }

  private void run(
      List<Timetable> steps,
      ServerWanted wanted,
      Path folder,
      Settings given,
      Consumer<String> progress,
      Results results)
      throws InterruptedException {
    Closing open = new Closing();
    Thread hook =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(() -> {
              isStopped = true;
              open.close();
              if (!isKept) {
                Folders.delete(folder);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try (open) {
      Server server = wanted.open(open, folder, given, progress);
      String authToken = given.optional("ingress.authToken");
      for (Timetable step : steps) {
        try (LoadRun run = new LoadRun(step, server, authToken, progress)) {
          Outcome outcome = run.run();
          new LoadReport(outcome).print(spec.commandLine().getOut());
          results.add(outcome);
        }
      }
    } finally {
      withdraw(hook);
    }
  }

  private static void withdraw(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C: it runs already.
      return;
    }
  }

  private Talk talk(boolean isToStub) {
    Duration breaksIn = bargeIn == null ? null : duration("--barge-in", bargeIn, "");
    if (speech == null) {
      return new Talk(
          duration("--line", line, "1200ms"),
          duration("--every", every, breaksIn == null ? "8s" : "11s"),
          breaksIn,
          isToStub);
    }
    if (line != null || breaksIn != null) {
      throw new UserError("--line and --barge-in are tones; leave them out with --speech");
    }
    Speech said = Speech.read(speech);
    return new Talk(said, every == null ? said.every() : duration("--every", every, ""));
  }

  private List<Timetable> timetables(boolean isToStub) {
    calls.forEach(each -> atLeast("--calls", each, 1));
    atLeast("--turns", turns, 1);
    Talk talk = talk(isToStub);
    Duration warming = duration("--warm-up", warmUp, url == null ? "3m" : "0s");
    List<Timetable> steps = new ArrayList<>();
    for (int each : calls) {
      Duration ramping =
          ramp == null ? FOR_EACH_CALL.multipliedBy(each) : duration("--ramp", ramp, "");
      Timetable.Step step = new Timetable.Step(each, ramping, warming, steps.isEmpty() && isToStub);
      steps.add(new Timetable(step, turns, talk, seed));
      warming = talk.every().multipliedBy(SETTLING_CYCLES);
    }
    return steps;
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new UserError("%s %d: give at least %d".formatted(option, value, least));
    }
  }

  private static Duration duration(String option, @Nullable String given, String otherwise) {
    String text = given == null ? otherwise : given;
    return Durations.parse(text)
        .filter(each -> !each.isNegative())
        .orElseThrow(
            () -> new UserError("%s %s: give a duration such as 8s".formatted(option, text)));
  }
}
